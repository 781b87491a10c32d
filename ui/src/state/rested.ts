// What waits until one has stopped typing: servers that are asked, and what is said of a query that is odd.
import { useEffect, useState } from "react";
import type { FaultView } from "../ipc/backend";
import { useQueryFaults } from "./queries";
import { ended } from "./searchPieces";

/** How long one must not have typed until servers are asked, and until the last piece of a query can be wrong. */
const REST = 900;

/** The query, once it has stayed the same for a moment; nothing before. */
export function useRested(query: string, moment = REST): string {
  const [rested, setRested] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setRested(query), moment);
    return () => clearTimeout(timer);
  }, [query, moment]);
  return rested === query ? query : "";
}

const NO_FAULTS: FaultView[] = [];

/** What is odd about a query; what was finished a moment ago is not called wrong before one has stopped typing. */
export function useRestedFaults(query: string): FaultView[] {
  const rested = useRested(query);
  return useQueryFaults(rested === "" ? query.trimEnd() : ended(query)).data ?? NO_FAULTS;
}
