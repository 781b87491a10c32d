// Names of servers that only DNS vouches for, at a domain that is not the address's own: the person looks at them before
// the password goes there (RFC 6186, section 6).
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { foundServer, strangeOwners } from "../../state/finding";
import { say } from "../../words";
import { HostName } from "./HostName";
import type { Setup } from "./useSetup";

export function LookQuestion({ setup }: { setup: Setup }) {
  const { state } = setup;
  const close = () => setup.askLook(false);
  const domain = state.email.slice(state.email.lastIndexOf("@") + 1).trim();
  const servers = [state.protocol, "smtp" as const].flatMap((which) => foundServer(state, which) ?? []);
  const accept = () => {
    close();
    const looked = { ...state, looked: true };
    setup.change(() => looked);
    setup.add(looked);
  };
  return (
    <Dialog role="alertdialog" title={say("look-title")} onClose={close}>
      <p>{say("look-text", { domain, owner: strangeOwners(state).join(", ") })}</p>
      <ul>
        {servers.map((server) => (
          <li key={server.host}>
            <HostName host={server.host} registered={server.registered} />
          </li>
        ))}
      </ul>
      <p>{say("look-advice")}</p>
      <DialogFoot>
        <Button onPress={accept}>{say("look-accept")}</Button>
        <Button kind="primary" autoFocus onPress={close}>
          {say("look-refuse")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
