// What is still on the server of a POP3 account: a list to look through, with what is chosen in it removed there or brought
// here once more. Removing what is not here is asked about first.
import { useState } from "react";
import { GridList, GridListItem, ListLayout, Virtualizer, type Selection } from "react-aria-components";
import { downloadAgain, removeFromServer } from "../../actions/maildrop";
import { Button } from "../../components/Button";
import { Dialog, DialogFoot } from "../../components/Dialog";
import { Icon } from "../../components/Icon";
import type { AccountView, OnServerView } from "../../ipc/backend";
import { useMaildrop } from "../../state/maildrop";
import { troubleOf } from "../../state/troubles";
import { say } from "../../words";
import { count, fileSize, shortTime } from "../../words/times";
import styles from "./Maildrop.module.css";

const ROW = 46;

export function Maildrop({ account, onClose }: { account: AccountView; onClose: () => void }) {
  const { id, email } = account;
  const { data, error, isFetching, refetch } = useMaildrop(id);
  const [selection, setSelection] = useState<Selection>(new Set());
  const [removing, setRemoving] = useState<OnServerView[] | null>(null);
  const [working, setWorking] = useState(false);
  const messages = data?.messages ?? [];
  const chosen = messages.filter(({ name }) => selection === "all" || selection.has(name));
  const busy = isFetching || working;
  const work = async (deed: (account: string, names: string[]) => Promise<void>, what: OnServerView[]) => {
    setWorking(true);
    await deed(
      id,
      what.map(({ name }) => name),
    );
    setWorking(false);
    setSelection(new Set());
  };
  const remove = (what: OnServerView[]) => {
    if (what.every(({ here }) => here === "whole" || here === "deleted")) void work(removeFromServer, what);
    else setRemoving(what);
  };
  return (
    <Dialog wide title={say("maildrop-title", { email })} onClose={onClose}>
      <p className={styles.told} role="status">
        {told(messages, busy, error)}
      </p>
      {data?.expiresAfter != null && (
        <p className={styles.told}>{say("maildrop-expires", { days: data.expiresAfter })}</p>
      )}
      {error !== null && !isFetching && (
        <div>
          <Button icon="retry" onPress={() => void refetch()}>
            {say("try-again")}
          </Button>
        </div>
      )}
      {messages.length > 0 && (
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: ROW }}>
          <GridList
            aria-label={say("maildrop-list")}
            selectionMode="multiple"
            selectedKeys={selection}
            onSelectionChange={setSelection}
            items={messages}
            className={styles.list ?? ""}
          >
            {(message) => <Message message={message} />}
          </GridList>
        </Virtualizer>
      )}
      <DialogFoot>
        <Button kind="danger" isDisabled={busy || chosen.length === 0} onPress={() => remove(chosen)}>
          {say("maildrop-remove")}
        </Button>
        <Button
          icon="download"
          isDisabled={busy || chosen.length === 0}
          onPress={() => void work(downloadAgain, chosen)}
        >
          {say("maildrop-download")}
        </Button>
        <Button kind="primary" onPress={onClose}>
          {say("settings-close")}
        </Button>
      </DialogFoot>
      {removing !== null && (
        <RemoveAnyway
          messages={removing}
          onAnswer={(agreed) => {
            setRemoving(null);
            if (agreed) void work(removeFromServer, removing);
          }}
        />
      )}
    </Dialog>
  );
}

function told(messages: OnServerView[], busy: boolean, error: unknown): string {
  if (busy) return say("maildrop-looking");
  if (error !== null) return troubleOf(error).sentence;
  if (messages.length === 0) return say("maildrop-empty");
  const octets = messages.reduce((sum, { size }) => sum + size, 0);
  return say("maildrop-count", { n: messages.length, count: count(messages.length), size: fileSize(octets) });
}

function Message({ message }: { message: OnServerView }) {
  const { name, from, date, here, size } = message;
  const subject = message.subject || say("no-subject");
  const [first] = from;
  const sender = first ? (first.name ?? first.email) : say("maildrop-nobody");
  const facts = [sender, ...(date === null ? [] : [shortTime(date)]), fileSize(size)].join(" · ");
  return (
    <GridListItem
      id={name}
      textValue={`${subject}, ${facts}, ${say(`maildrop-here-${here}`)}`}
      className={styles.row ?? ""}
    >
      {({ isSelected }) => (
        <>
          <span className={styles.tick}>{isSelected && <Icon name="check" size={14} />}</span>
          <span className={styles.what}>
            <span className={styles.subject}>{subject}</span>
            <span className={styles.facts}>{facts}</span>
          </span>
          <span className={styles.here} data-here={here}>
            {say(`maildrop-here-${here}`)}
          </span>
        </>
      )}
    </GridListItem>
  );
}

function RemoveAnyway({
  messages,
  onAnswer,
}: {
  messages: OnServerView[];
  onAnswer: (agreed: boolean) => void;
}) {
  const lost = messages.filter(({ here }) => here === "no" || here === "header").length;
  return (
    <Dialog
      role="alertdialog"
      title={say("maildrop-lose-title", { n: lost, count: count(lost) })}
      onClose={() => onAnswer(false)}
    >
      <p>{say("maildrop-lose-text")}</p>
      <DialogFoot>
        <Button kind="danger" onPress={() => onAnswer(true)}>
          {say("maildrop-lose-confirm")}
        </Button>
        <Button kind="primary" autoFocus onPress={() => onAnswer(false)}>
          {say("retention-keep")}
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
