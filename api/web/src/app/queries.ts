import { QueryClient } from "@tanstack/react-query";
import { Problem } from "../api/client";

/** What the service refuses is not asked again; what it could not answer is, twice. */
export const queries = new QueryClient({
  defaultOptions: {
    // Asked at once also where the browser takes itself for offline: else a screen would wait without end and not say why.
    mutations: { networkMode: "always" },
    queries: {
      networkMode: "always",
      staleTime: 10_000,
      refetchOnWindowFocus: true,
      retry: (times, error) =>
        times < 2 &&
        error instanceof Problem &&
        (error.body.status === 0 || error.body.status === 503),
    },
  },
});
