// The one cache of what the engine answered. Nothing is fetched again on focus: the engine tells us what changed.
import { notifyManager, QueryClient } from "@tanstack/react-query";

// An answer is drawn when it is here. By itself the library lets a timer go by first, for some milliseconds in each step from a
// press to a letter.
notifyManager.setScheduler(queueMicrotask);

export const client = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      gcTime: 5 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: false,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});
