// From the letters back to the list. Where both share one place, the conversation is put away as well.
import { isNarrow } from "../state/narrow";
import { putAway } from "../state/selection";
import { hooks } from "./commands";

export function backToList(): void {
  if (isNarrow()) putAway();
  hooks.focusList();
}
