// What the reading pane shows, as React knows it: another conversation or another letter is drawn anew. A letter that is shown among
// those of its conversation and then by itself, or the other way round, stays what it is.
import { useState } from "react";

export function useReadingKey(thread: string | null, only: string | null): number {
  const [before, setBefore] = useState({ thread, only, key: 0 });
  if (before.thread === thread && before.only === only) return before.key;
  const isSame = before.thread === thread && (before.only === null || only === null);
  const now = { thread, only, key: isSame ? before.key : before.key + 1 };
  setBefore(now);
  return now.key;
}
