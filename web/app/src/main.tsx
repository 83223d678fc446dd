import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./start/App.tsx";
import { registerServiceWorker } from "./start/service_worker.ts";
import { start } from "./start/started.ts";
import { followTheme } from "./theme/theme.ts";
import "./theme/theme.css";

followTheme();
void start();
const root = document.getElementById("root");
if (root === null) throw new Error("index.html has no #root.");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
registerServiceWorker();
