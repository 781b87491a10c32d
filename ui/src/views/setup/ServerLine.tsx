// One server in a line, "imap.nordlicht.example · 993 · TLS", or what would be there.
import { foundServer } from "../../state/finding";
import { usualDoors } from "../../state/ports";
import type { SetupState, Which } from "../../state/setup";
import { say } from "../../words";
import { HostName } from "./HostName";

export function ServerLine({ state, which }: { state: SetupState; which: Which }) {
  const server = state.servers[which];
  if (server.host.trim() === "") {
    if (state.search.kind === "done") return say("setup-no-server");
    const doors = usualDoors(which).map((door) => String(door.port));
    return say("setup-usual-ports", { ports: doors.join(" · ") });
  }
  const security =
    server.security === "plain" ? "setup-security-plain-short" : `setup-security-${server.security}`;
  const rest = say("setup-server-rest", { port: String(server.port), security: say(security) });
  return (
    <>
      <HostName host={server.host} registered={foundServer(state, which)?.registered ?? null} />
      {rest}
    </>
  );
}
