// Lists that the person has left, by a request or by a letter that has been sent: what tells of them is asked for again, and of letters
// those alone that came by them.
import type { Query } from "@tanstack/react-query";
import type { BodyView } from "../ipc/backend";
import { client } from "./client";
import { keys } from "./queries";

const BODIES = ["body"];

export function noteListLeft(list: string): void {
  const cameByIt = ({ state }: Query) => (state.data as BodyView | undefined)?.list?.id === list;
  // A first answer that is on its way may be older than this, and does not tell yet by which list its letter came.
  const onTheWay = client
    .getQueryCache()
    .findAll({ queryKey: BODIES, fetchStatus: "fetching" })
    .filter(({ state }) => state.data === undefined);
  void client.invalidateQueries({ queryKey: keys.subscriptions });
  void client.invalidateQueries({ queryKey: BODIES, predicate: cameByIt });
  for (const { queryKey, promise } of onTheWay) {
    const again = () => client.invalidateQueries({ queryKey, exact: true, predicate: cameByIt });
    void promise?.then(again, () => undefined);
  }
}
