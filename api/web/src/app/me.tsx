import { createContext, useContext } from "react";
import type { Me } from "../api/session";

export const MeContext = createContext<Me | null>(null);

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("a screen within the layout has somebody logged in");
  return me;
}

/** Whether the person may do what a scope names. */
export function useMay(scope: string): boolean {
  return useMe().scopes.includes(scope);
}
