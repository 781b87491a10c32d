// One account: who, how, through which servers, what happens to the copies there, how full it is, and how much of it
// stands here; and the way to another protocol.
import { useState } from "react";
import { Button } from "../../components/Button";
import { Dot } from "../../components/Dot";
import type { AccountView, Quota, RemoteProtocol, ServerView } from "../../ipc/backend";
import { called } from "../../state/accounts";
import { otherProtocol } from "../../state/protocol";
import { isNearlyFull, share } from "../../state/room";
import { say } from "../../words";
import { AccountTools } from "../accounts/AccountTools";
import { PlaceHandle, usePlaceTarget } from "../accounts/PlaceHandle";
import { Identities } from "./Identities";
import { KeepingChoice } from "./KeepingChoice";
import { ProtocolSheet } from "./ProtocolSheet";
import { RetentionChoice } from "./RetentionChoice";
import { fileSize } from "../../words/times";
import styles from "./Settings.module.css";

export interface AccountCardProps {
  account: AccountView;
  /** The ids of all accounts, in their order. */
  order: string[];
  onRemove: () => void;
}

export function AccountCard({ account, order, onRemove }: AccountCardProps) {
  const { email, protocol, incoming, outgoing, quota } = account;
  const other = otherProtocol(account);
  const [changingTo, setChangingTo] = useState<RemoteProtocol | null>(null);
  const target = usePlaceTarget(account, order);
  return (
    <li className={styles.card} {...target}>
      <div>
        <div className={styles.name}>
          {order.length > 1 && <PlaceHandle account={account} order={order} />}
          <Dot colour={account.colour} />
          {called(account)}
          {protocol !== "local" && <span className={styles.protocol}>{protocol.toUpperCase()}</span>}
        </div>
        <div className={styles.quiet}>{about(account)}</div>
      </div>
      <Button kind="danger" aria-label={say("settings-remove", { email })} onPress={onRemove}>
        {say("settings-remove-short")}
      </Button>
      {(incoming ?? outgoing) && (
        <dl className={styles.facts}>
          {incoming && <Server label="settings-incoming" server={incoming} />}
          {outgoing && <Server label="settings-outgoing" server={outgoing} />}
          {quota && <Room quota={quota} />}
        </dl>
      )}
      {!account.demo && protocol !== "local" && <Identities account={account} />}
      {!account.demo && <AccountTools account={account} />}
      {protocol === "imap" && <KeepingChoice account={account} />}
      {protocol === "pop3" && <RetentionChoice account={account} />}
      {other !== null && (
        <div className={styles.still}>
          <Button
            aria-label={say("protocol-change-of", { email, to: other.toUpperCase() })}
            onPress={() => setChangingTo(other)}
          >
            {say("protocol-change", { to: other.toUpperCase() })}
          </Button>
        </div>
      )}
      {changingTo !== null && (
        <ProtocolSheet account={account} to={changingTo} onClose={() => setChangingTo(null)} />
      )}
    </li>
  );
}

function about({ demo, protocol, name, label, email, disabled }: AccountView): string {
  if (demo) return say("settings-demo");
  if (protocol === "local") return say("settings-local");
  // An address that gave way to a name is still to be found.
  const parts = [label === "" ? "" : email, name, disabled ? say("account-off") : ""];
  return parts.filter(Boolean).join(" · ");
}

function Room({ quota }: { quota: Quota }) {
  const percent = Math.round(share(quota) * 100);
  const full = isNearlyFull(quota) ? ` ${styles.full ?? ""}` : "";
  return (
    <>
      <dt>{say("settings-room")}</dt>
      <dd>
        {say("settings-room-used", { used: fileSize(quota.used), limit: fileSize(quota.limit) })}
        <span
          role="meter"
          aria-label={say("settings-room")}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={percent}
          className={`${styles.meter ?? ""}${full}`}
        >
          <i style={{ width: `${percent}%` }} />
        </span>
      </dd>
    </>
  );
}

function Server({ label, server }: { label: string; server: ServerView }) {
  const security =
    server.security === "plain" ? "setup-security-plain-short" : `setup-security-${server.security}`;
  return (
    <>
      <dt>{say(label)}</dt>
      <dd>
        <code>
          {say("setup-server-line", {
            host: server.host,
            port: String(server.port),
            security: say(security),
          })}
        </code>
      </dd>
    </>
  );
}
