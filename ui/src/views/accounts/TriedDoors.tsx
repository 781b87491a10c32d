// What came of a sign-in at each server of an account.
import type { TriedDoorView } from "../../ipc/backend";
import { say } from "../../words";
import { TriedSteps } from "./TriedSteps";

export function TriedDoors({ doors }: { doors: TriedDoorView[] }) {
  return doors.map(({ door, tried }) => (
    <TriedSteps
      key={`${door.kind} ${tried.host}:${String(tried.port)}`}
      title={say(door.kind === "incoming" ? "tried-incoming" : "tried-outgoing", { host: tried.host })}
      tried={tried}
      sends={door.kind !== "incoming"}
    />
  ));
}
