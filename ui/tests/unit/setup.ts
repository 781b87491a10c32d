// What every unit test starts with: nothing is left on the page from the one before. And what every browser has and jsdom
// does not: CSS.escape (CSSOM, section 2.1), which dialogs ask for. Here it need only be right for ids of React's.
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

const escape = (text: string) => text.replace(/[^\w-]/g, (sign) => `\\${sign}`);
for (const place of [globalThis, document.defaultView])
  if (place !== null) Object.assign(place, { CSS: { escape } });

// Nor has it a layout to scroll in.
Element.prototype.scrollIntoView = () => undefined;

// A limit for what never comes. The usual second is too short for a machine that is busy.
configure({ asyncUtilTimeout: 20_000 });

afterEach(() => cleanup());
