import { createBrowserRouter, Navigate } from "react-router";
import { Layout } from "./Layout";
import { Crashed } from "./Crashed";

/** Each screen is fetched when it is first opened. */
export const router = createBrowserRouter([
  {
    element: <Layout />,
    errorElement: <Crashed />,
    children: [
      { index: true, element: <Navigate to="/cases" replace /> },
      { path: "cases", lazy: async () => ({ Component: (await import("../queue/Queue")).Queue }) },
      {
        path: "upload",
        lazy: async () => ({ Component: (await import("../upload/Upload")).Upload }),
      },
      {
        path: "upload/:packet",
        lazy: async () => ({ Component: (await import("../upload/Upload")).Upload }),
      },
      {
        path: "packets",
        lazy: async () => ({ Component: (await import("../upload/Packets")).Packets }),
      },
      {
        path: "packets/:packet",
        lazy: async () => ({ Component: (await import("../packet/PacketPage")).PacketPage }),
      },
      {
        path: "graph",
        lazy: async () => ({ Component: (await import("../graph/Explorer")).Explorer }),
      },
      {
        path: "statistics",
        lazy: async () => ({ Component: (await import("../statistics/Statistics")).Statistics }),
      },
      {
        path: "administration/:part?",
        lazy: async () => ({
          Component: (await import("../administration/Administration")).Administration,
        }),
      },
      { path: "*", lazy: async () => ({ Component: (await import("./Missing")).Missing }) },
    ],
    hydrateFallbackElement: <div />,
  },
]);
