import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";
import { nextCase } from "../api/cases";
import { problemOf } from "../api/client";
import { useWords } from "../app/language";
import { queries } from "../app/queries";
import { useTold } from "../app/told";
import { lastQueue } from "./filters";

/** Claims the weightiest open case among those that the queue's filters leave, and opens it. */
export function useNextCase() {
  const { t, lang } = useWords();
  const go = useNavigate();
  const { message } = useTold();
  return useMutation({
    mutationFn: () => nextCase(lastQueue()),
    onSuccess: async (found) => {
      if (!found) return void message.info(t("queue.none_left"));
      await queries.invalidateQueries({ queryKey: ["cases"] });
      await go(`/packets/${found.packet_id}`);
    },
    onError: (error) => void message.error(problemOf(error, 0).detail[lang]),
  });
}
