import { useState } from "react";
import { Problem, problemOf, type ProblemBody } from "../api/client";
import { uploadFile } from "../api/packets";
import { isLitter } from "./dropped";

export interface Item {
  id: number;
  file: File;
  share: number;
  state: "waiting" | "sending" | "sent" | "failed";
  problem?: ProblemBody;
}

const AT_ONCE = 2;
let next = 1;

/** Files chosen for a packet and how far each has come. */
export function useUploads(limit: number) {
  const [items, setItems] = useState<Item[]>([]);
  const change = (id: number, to: Partial<Item>) =>
    setItems((all) => all.map((i) => (i.id === id ? { ...i, ...to } : i)));

  const add = (files: File[]) =>
    setItems((all) => {
      const known = new Set(all.map((i) => `${i.file.name}/${i.file.size}`));
      const fresh = files.filter((f) => !isLitter(f.name) && !known.has(`${f.name}/${f.size}`));
      return [...all, ...fresh.map((file) => started(file, limit))];
    });
  const remove = (id: number) => setItems((all) => all.filter((i) => i.id !== id));

  /** Sends what has not been sent. Returns whether all of it has arrived. */
  const send = async (packet: string, password: string): Promise<boolean> => {
    const queue = items.filter((i) => i.state !== "sent" && i.problem?.code !== "over_limit");
    let failed = 0;
    const one = async () => {
      for (let item = queue.shift(); item; item = queue.shift()) {
        const { id, file } = item;
        change(id, { state: "sending", share: 0, problem: undefined });
        try {
          await uploadFile(packet, file, password, (share) => change(id, { share }));
          change(id, { state: "sent", share: 1 });
        } catch (error) {
          failed += 1;
          change(id, {
            state: "failed",
            problem: error instanceof Problem ? error.body : problemOf(error, 0),
          });
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
    return failed === 0;
  };
  return { items, add, remove, send };
}

function started(file: File, limit: number): Item {
  const item: Item = { id: next++, file, share: 0, state: "waiting" };
  if (!limit || file.size <= limit) return item;
  const mb = Math.floor(limit / 2 ** 20);
  const detail = {
    zh: `文件超过 ${mb} MB 上限；请拆分或压缩图片后再上传。`,
    en: `The file is over the limit of ${mb} MB; split it, or make its pictures smaller.`,
  };
  return { ...item, state: "failed", problem: { code: "over_limit", status: 413, detail } };
}
