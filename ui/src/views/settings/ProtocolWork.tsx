// A change of protocol that is under way, and what came of it.
import { useQuery } from "@tanstack/react-query";
import { backend } from "../../ipc";
import type { AccountView, ProtocolChangedView, RemoteProtocol } from "../../ipc/backend";
import { percentOf, type Step } from "../../state/protocol";
import { say } from "../../words";
import { count } from "../../words/times";
import styles from "./Protocol.module.css";

const SOON = 1_000;

export function ProtocolWork({ step, account }: { step: Step; account: AccountView }) {
  const working = step.kind === "searching" || step.kind === "looking" || step.kind === "changing";
  const percent = step.kind === "searching" ? null : percentOf(account.activity);
  return (
    <div role="status" className={styles.work}>
      {working && say(`protocol-${step.kind}`, { email: account.email })}
      {working && percent !== null && <Bar label={say(`protocol-${step.kind}`)} percent={percent} />}
    </div>
  );
}

export interface ProtocolDoneProps {
  account: AccountView;
  to: RemoteProtocol;
  changed: ProtocolChangedView;
}

export function ProtocolDone({ account, to, changed }: ProtocolDoneProps) {
  const { uploading, kept } = changed;
  const { data: left = uploading } = useQuery({
    queryKey: ["uploads", account.id],
    queryFn: () => backend().uploadsWaiting(account.id),
    enabled: uploading > 0,
    refetchInterval: ({ state }) => (state.data === 0 ? false : SOON),
    gcTime: 0,
  });
  const done = Math.max(0, uploading - left);
  return (
    <>
      <p>{say("protocol-done", { email: account.email, to: to.toUpperCase() })}</p>
      {kept > 0 && <p>{say("protocol-kept", { n: kept, count: count(kept) })}</p>}
      {uploading > 0 && (
        <div role="status" className={styles.work}>
          {left > 0
            ? say("protocol-uploading", { done: count(done), count: count(uploading) })
            : say("protocol-uploaded", { n: uploading, count: count(uploading) })}
          {left > 0 && <Bar label={say("protocol-uploads")} percent={Math.round((done / uploading) * 100)} />}
        </div>
      )}
    </>
  );
}

function Bar({ label, percent }: { label: string; percent: number }) {
  return (
    <span
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      className={styles.bar}
    >
      <i style={{ width: `${percent}%` }} />
    </span>
  );
}
