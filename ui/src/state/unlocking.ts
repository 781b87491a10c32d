// Whether the person has put off the question that opens the passwords. The status line brings it back.
import { create } from "zustand";

export const useUnlocking = create<{ later: boolean }>(() => ({ later: false }));
