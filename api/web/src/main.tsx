import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./shell/App";
import { startWords } from "./i18n";
import "./styles/base.css";
import "./styles/frame.css";
import "./styles/signs.css";
import "./styles/login.css";
import "./styles/upload.css";
import "./styles/queue.css";
import "./styles/packet.css";
import "./styles/findings.css";
import "./styles/sheets.css";
import "./styles/viewer.css";
import "./styles/graph.css";
import "./styles/administration.css";
import "./styles/compare.css";
import "./styles/narrow.css";

await startWords();
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
