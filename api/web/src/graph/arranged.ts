import type { Plan, Positions } from "./positions";

let idle: Worker | null = null;

/** Places of the parties, found by a worker; given up when `stop` is called. A rejection means that the worker itself failed. */
export function arranged(plan: Plan): { found: Promise<Positions>; stop: () => void } {
  const worker = idle ?? new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  idle = null;
  let running = true;
  const found = new Promise<Positions>((resolve, reject) => {
    worker.onmessage = (told: MessageEvent<Positions>) => {
      running = false;
      idle = worker;
      resolve(told.data);
    };
    worker.onerror = (wrong) => {
      running = false;
      worker.terminate();
      reject(new Error(wrong.message || "worker"));
    };
  });
  worker.postMessage(plan);
  return { found, stop: () => running && worker.terminate() };
}
