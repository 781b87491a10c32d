// Names of servers that only DNS vouches for, at a domain that is not the address's own: the person looks at them before
// the password goes there (RFC 6186, section 6).
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { ownersOf, type NamedServer } from "../../state/finding";
import { say } from "../../words";
import { HostName } from "./HostName";

export interface LookQuestionProps {
  email: string;
  servers: NamedServer[];
  onAccept: () => void;
  onClose: () => void;
}

export function LookQuestion({ email, servers, onAccept, onClose }: LookQuestionProps) {
  const domain = email.slice(email.lastIndexOf("@") + 1).trim();
  const named = new Map(servers.map(({ host, registered }) => [host, registered]));
  return (
    <Dialog role="alertdialog" title={say("look-title")} onClose={onClose}>
      <p>{say("look-text", { domain, owner: ownersOf(servers).join(", ") })}</p>
      <ul>
        {[...named].map(([host, registered]) => (
          <li key={host}>
            <HostName host={host} registered={registered} />
          </li>
        ))}
      </ul>
      <p>{say("look-advice")}</p>
      <DialogFoot>
        <Button onPress={onAccept}>{say("look-accept")}</Button>
        <Button kind="primary" autoFocus onPress={onClose}>
          {say("look-refuse")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
