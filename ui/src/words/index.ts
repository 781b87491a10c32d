// All words of the interface, as Fluent messages. `say` is for plain code (toasts, actions); components use it too,
// since the language does not change while the window is open. No sentence stands anywhere else.
import { FluentBundle, FluentResource, type FluentVariable } from "@fluent/bundle";
import { LOCALE } from "./locale";

const files = import.meta.glob<string>("./en*.ftl", { query: "?raw", import: "default", eager: true });

const bundle = new FluentBundle(LOCALE, { useIsolating: false });
for (const text of Object.values(files)) bundle.addResource(new FluentResource(text));

export const bundles = [bundle];

/** The sentence for an id. An unknown id shows itself, so that a hole is seen rather than blank. */
export function say(id: string, args?: Record<string, FluentVariable>): string {
  const [key = id, attribute] = id.split(".");
  const message = bundle.getMessage(key);
  const pattern = attribute === undefined ? message?.value : message?.attributes[attribute];
  if (pattern == null) return id;
  // With a place for errors a missing argument shows as {$name}; without one it would throw and take the page along.
  return bundle.formatPattern(pattern, args ?? null, []);
}

/** Whether an id exists, for the test that looks for holes. */
export function hasWords(id: string): boolean {
  return bundle.hasMessage(id);
}
