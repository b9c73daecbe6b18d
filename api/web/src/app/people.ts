import { useQuery } from "@tanstack/react-query";
import { api, taken } from "../api/client";
import { useWords } from "./language";

export function useUsers() {
  return useQuery({
    queryKey: ["users"],
    queryFn: async () =>
      taken(await api.GET("/v1/users", { params: { query: { limit: 200 } } })).items,
    staleTime: 60_000,
  });
}

/** The name of who did something, by id. */
export function usePeople(): (id: string) => string {
  const { t } = useWords();
  const users = useUsers();
  return (id) =>
    id === "system" ? t("role.system") : (users.data?.find((u) => u.id === id)?.name ?? id);
}
