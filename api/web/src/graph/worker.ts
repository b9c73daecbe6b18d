/** Lays a picture out beside the page, which stays usable meanwhile. */
import { positions, type Plan } from "./positions";

self.onmessage = (asked: MessageEvent<Plan>) => {
  positions(asked.data).then(
    (found) => self.postMessage(found),
    (wrong: unknown) => reportError(wrong), // as an error of the worker, which the page hears of
  );
};
