// The first lines that run: choose the engine, then draw. If there is no engine, say so instead of a white page.
// How drawing goes from turn to turn comes before those who draw; the style sheets next, so that a component can say otherwise.
import "./state/turns";
import "./tokens.css";
import "./base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { I18nProvider } from "react-aria-components";
import { App } from "./App";
import { chooseBackend } from "./ipc";
import { askAhead } from "./state/ahead";
import { followChanges } from "./state/changes";
import { client } from "./state/client";
import { restorePlain } from "./state/letterLook";
import { beLetterWindow } from "./state/letterWindow";
import { restoreLooks } from "./state/looks";
import { askForFirstRows } from "./state/rows";
import { relayMenuKey } from "./state/menuKey";
import { restrainNativeMenu } from "./state/nativeMenu";
import { repairPresses } from "./state/press";
import { restoreTheme } from "./state/theme";
import { LetterWindow } from "./views/letterWindow/LetterWindow";
import { Opening } from "./views/main/Opening";
import { say } from "./words";
import { LOCALE } from "./words/locale";

const place = document.getElementById("root");
if (place === null) throw new Error("The page has no place to draw in.");
const root = createRoot(place);

try {
  root.render(<Opening failure={null} />);
  const engine = await chooseBackend();
  const isLetter = new URLSearchParams(location.search).has("letter");
  const [shows] = await Promise.all([
    isLetter ? engine.ownLetter() : null,
    restoreTheme(),
    restoreLooks(),
    restorePlain(),
    followChanges(engine),
  ]);
  beLetterWindow(shows !== null);
  askAhead();
  // What is chosen in the settings holds in every window.
  addEventListener("focus", () => void restorePlain());
  // They are on their way while the window is drawn for the first time.
  if (shows === null) askForFirstRows();
  repairPresses(window);
  restrainNativeMenu(window);
  relayMenuKey(window);
  root.render(
    <StrictMode>
      <I18nProvider locale={LOCALE}>
        <QueryClientProvider client={client}>
          {shows === null ? <App /> : <LetterWindow shows={shows} />}
        </QueryClientProvider>
      </I18nProvider>
    </StrictMode>,
  );
} catch {
  root.render(<p role="alert">{say("trouble-start")}</p>);
}
