// All mailing lists and newsletters that letters came by, those that wrote last first, with the way to leave each.
import { useEffect, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { TextField } from "../../../components/TextField";
import { backend } from "../../../ipc";
import type { SubscriptionView } from "../../../ipc/backend";
import { client } from "../../../state/client";
import { keys, useAccountsAtRest } from "../../../state/queries";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import { dayOf, shortTime } from "../../../words/times";
import styles from "./Caution.module.css";

export function Subscriptions({ onClose }: { onClose: () => void }) {
  const [words, setWords] = useState("");
  const { data, error } = useQuery({
    queryKey: keys.subscriptions,
    queryFn: () => backend().subscriptions(),
    staleTime: 0,
  });
  const { data: accounts } = useAccountsAtRest();
  const unfinished = data?.unfinished === true;
  // Letters of before are looked through while one watches, some at a time.
  useEffect(() => {
    if (!unfinished) return;
    let here = true;
    const go = async () => {
      while (here && (await backend().lookThroughForLists()))
        await client.invalidateQueries({ queryKey: keys.subscriptions });
      await client.invalidateQueries({ queryKey: keys.subscriptions });
    };
    void go().catch(() => undefined);
    return () => {
      here = false;
    };
  }, [unfinished]);
  const wanted = words.trim().toLowerCase();
  const lists = data?.lists ?? [];
  const shown = lists.filter(({ name, list, address }) =>
    `${name} ${list} ${address}`.toLowerCase().includes(wanted),
  );
  // Who has one address alone need not be told it in each line.
  const addresses = new Set(lists.flatMap(({ address }) => (address === "" ? [] : [address])));
  const several = (accounts?.length ?? 0) > 1 || addresses.size > 1;
  return (
    <Dialog large title={say("subscriptions-title")} onClose={onClose}>
      <p className={styles.quiet}>{say("subscriptions-more")}</p>
      <TextField label={say("subscriptions-find")} value={words} onChange={setWords} autoFocus />
      {error !== null && <p role="alert">{sentenceOf(error)}</p>}
      {unfinished && <p role="status">{say("subscriptions-looking")}</p>}
      {data !== undefined && shown.length === 0 && !unfinished && (
        <p>{say(wanted === "" ? "subscriptions-none" : "subscriptions-none-found")}</p>
      )}
      <ul className={styles.list} aria-label={say("subscriptions-title")}>
        {shown.map((list) => (
          <Row key={`${list.account} ${list.id}`} list={list} several={several} />
        ))}
      </ul>
      <DialogFoot>
        <Button kind="primary" onPress={onClose}>
          {say("close")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function Row({ list, several }: { list: SubscriptionView; several: boolean }) {
  const ask = useWindow((state) => state.ask);
  const toldWhere = several && list.address !== "";
  const left =
    list.leftAt === null
      ? null
      : say(`subscriptions-left-${list.leftBy ?? "page"}`, { when: dayOf(list.leftAt) });
  return (
    <li className={styles.row}>
      <span>
        <b dir="auto">{list.name}</b>
        <small>
          {[
            ...(toldWhere ? [say("subscriptions-to", { address: list.address })] : []),
            say("subscriptions-letters", { n: list.letters }),
            say("subscriptions-last", { when: shortTime(list.lastAt) }),
            list.list,
          ].join(" · ")}
        </small>
        {left !== null && (
          <small>
            {list.lettersSince > 0
              ? `${left}. ${say("subscriptions-since", { n: list.lettersSince })}.`
              : left}
          </small>
        )}
      </span>
      <Button
        aria-label={say(toldWhere ? "subscriptions-leave-of" : "subscriptions-leave-name", {
          name: list.name,
          address: list.address,
        })}
        onPress={() => ask({ kind: "leave", email: list.email, back: { kind: "subscriptions" } })}
      >
        {say(left === null ? "subscriptions-leave" : "subscriptions-leave-again")}
      </Button>
    </li>
  );
}
