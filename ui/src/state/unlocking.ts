// Whether the person has put off the question that opens the passwords, and whether they want it though nothing is locked: the
// keyring was set aside for this run. The status line and the settings bring it back.
import { create } from "zustand";

export const useUnlocking = create<{ later: boolean; wanted: boolean }>(() => ({
  later: false,
  wanted: false,
}));

export function wantUnlocking(): void {
  useUnlocking.setState({ later: false, wanted: true });
}
