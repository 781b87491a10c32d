// As whom letters of an account go: its addresses, and the way to add, change and remove one.
import { useState } from "react";
import { removeIdentity } from "../../actions/identities";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import type { AccountView, IdentityView } from "../../ipc/backend";
import { useIdentities } from "../../state/queries";
import { say } from "../../words";
import { IdentitySheet } from "./IdentitySheet";
import styles from "./Identities.module.css";

export function Identities({ account }: { account: AccountView }) {
  const own = (useIdentities().data ?? []).filter((identity) => identity.account === account.id);
  const [open, setOpen] = useState<IdentityView | "new" | null>(null);
  return (
    <section
      className={styles.identities}
      aria-label={say("settings-identities-of", { email: account.email })}
    >
      <div className={styles.heading}>{say("settings-identities")}</div>
      {own.map((identity, place) => (
        <div key={identity.id} className={styles.identity}>
          <span className={styles.who}>
            {identity.name ? `${identity.name} <${identity.email}>` : identity.email}
            {identity.outgoing && <span className={styles.quiet}> · {identity.outgoing.host}</span>}
          </span>
          <IconButton
            icon="edit"
            label={say("settings-identity-edit", { email: identity.email })}
            onPress={() => setOpen(identity)}
          />
          {place > 0 && (
            <IconButton
              icon="trash"
              label={say("settings-identity-remove", { email: identity.email })}
              onPress={() => void removeIdentity(identity.id)}
            />
          )}
        </div>
      ))}
      <Button kind="tool" icon="plus" onPress={() => setOpen("new")}>
        {say("settings-identity-add")}
      </Button>
      {open !== null && (
        <IdentitySheet
          account={account}
          identity={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
