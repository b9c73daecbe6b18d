import { createContext } from "react";
import type { Shade } from "./theme";

export const ShadeContext = createContext<{ shade: Shade; turn: () => void }>({
  shade: "light",
  turn: () => undefined,
});
