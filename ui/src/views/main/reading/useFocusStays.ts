// Whoever is in a letter stays in it with the keys while its place in the conversation becomes another: a line, an open letter, or
// a place that is far off. With its conversation gone, the focus is where the next one is.
import { useLayoutEffect } from "react";
import { leaveLetter } from "../../../state/here";

export function useFocusStays(email: string): void {
  // The end of a layout effect comes before the element is taken out.
  useLayoutEffect(() => () => leaveLetter(email), [email]);
}
