// Whether a permission to always show somebody's pictures holds for a letter. Not here: the permissions, which the engine keeps.
import type { AllowedView, HoldsView } from "../ipc/backend";

/** Undefined: that is being looked into. */
export function holdsFor(whose: AllowedView, holds: HoldsView | undefined): boolean | undefined {
  return whose.kind === "list" ? holds?.list : holds?.sender;
}
