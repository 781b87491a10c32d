// Whom the letter is from: a choice where there are several identities, a plain line where there is one. An answer to a
// tagged address has that address as one more choice.
import { memo } from "react";
import { write } from "../../actions/composeKeep";
import { Select } from "../../components/Select";
import type { IdentityView } from "../../ipc/backend";
import { useAccountsAtRest, useIdentities } from "../../state/queries";
import { canSend } from "../../state/senders";
import { say } from "../../words";
import type { LetterEditor } from "./letterEditor";
import styles from "./Composer.module.css";

export interface FromLineProps {
  draft: string;
  account: string;
  identity: string | null;
  /** The tagged address that was written to. */
  tagged: string | null;
  editor: LetterEditor | null;
}

const TAGGED = "tagged";

export const FromLine = memo(function FromLine({ draft, account, identity, tagged, editor }: FromLineProps) {
  const identities = useIdentities().data ?? [];
  const own =
    identities.find((each) => each.id === identity && each.account === account) ??
    identities.find((each) => each.account === account);
  const senders = useAccountsAtRest().data?.filter((each) => canSend(each) || each.id === account) ?? [];
  const offered = identities.filter((each) => senders.some((sender) => sender.id === each.account));
  const choices = offered.map((each) => ({ id: each.id, text: senderOf(each, each.email) }));
  if (own && tagged !== null) choices.unshift({ id: TAGGED, text: senderOf(own, tagged) });
  const choose = (id: string) => {
    const chosen = identities.find((each) => each.id === id);
    if (chosen === undefined) return;
    write(draft, { account: chosen.account, content: { identity: chosen.id, from: null } });
    const former = own?.signature ?? "";
    if (chosen.signature !== former) editor?.setSignature(former, chosen.signature);
  };
  return (
    <div className={styles.line}>
      <span className={styles.label}>{say("compose-from")}</span>
      {choices.length > 1 ? (
        <Select
          bare
          hideLabel
          label={say("compose-from")}
          choices={choices}
          value={tagged !== null ? TAGGED : (own?.id ?? "")}
          onChange={choose}
        />
      ) : (
        <span data-selectable>{own && senderOf(own, own.email)}</span>
      )}
    </div>
  );
});

function senderOf(identity: IdentityView, email: string): string {
  return identity.name ? `${identity.name} <${email}>` : email;
}
