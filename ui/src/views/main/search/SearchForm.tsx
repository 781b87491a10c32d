// The search for those who do not type operators. It begins with what stands in the search field, and says how far the
// index is.
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { attempt } from "../../../actions/attempt";
import { hooks } from "../../../actions/commands";
import { Button } from "../../../components/Button";
import { DayField, oddDayIn } from "../../../components/DayField";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import { backend } from "../../../ipc";
import { folderNames } from "../../../state/folderNames";
import { indexingQuery, lookAtIndexing } from "../../../state/indexing";
import { useAccounts, useMailboxes } from "../../../state/queries";
import { ended } from "../../../state/searchPieces";
import { EMPTY, formOf, queryOfForm, type SearchFormState } from "../../../state/searchForm";
import { toast } from "../../../state/toasts";
import { useWindow } from "../../../state/window";
import { say } from "../../../words";
import styles from "./SearchForm.module.css";

const kinds = ["pdf", "image", "document", "spreadsheet", "presentation", "archive"];
const states = ["unread", "read", "starred", "replied", "forwarded"];
/** Stands for no choice: a list wants a key for each. */
const NONE = "-";

export function SearchForm({ onClose }: { onClose: () => void }) {
  const { place, search } = useWindow();
  const [form, setForm] = useState(() => (place.kind === "search" ? formOf(place.query) : EMPTY));
  const mailboxes = useMailboxes().data ?? [];
  const accounts = useAccounts().data ?? [];
  const query = queryOfForm(form);
  const put = (field: keyof SearchFormState, value: string) => setForm({ ...form, [field]: value });
  // A day that was begun is the field's own, and goes with it.
  const [emptied, setEmptied] = useState(0);
  const text = (field: keyof SearchFormState, label: string, more: { help?: string } = {}) => (
    <TextField
      label={say(label)}
      value={form[field]}
      onChange={(value) => put(field, value)}
      autoFocus={field === "words"}
      {...more}
    />
  );
  const day = (field: "after" | "before" | "on") => (
    <DayField
      key={`${field} ${emptied}`}
      label={say(`search-form-${field}`)}
      value={form[field]}
      onChange={(value) => put(field, value)}
    />
  );
  const choice = (field: keyof SearchFormState, label: string, none: string, choices: [string, string][]) => {
    const known = choices.some(([id]) => id === form[field]);
    const all: [string, string][] =
      form[field] === "" || known ? choices : [...choices, [form[field], form[field]]];
    return (
      <Select
        label={say(label)}
        value={form[field] || NONE}
        onChange={(value) => put(field, value === NONE ? "" : value)}
        choices={[{ id: NONE, text: say(none) }, ...all.map(([id, name]) => ({ id, text: name }))]}
      />
    );
  };
  const named = (names: string[]): [string, string][] => [...new Set(names)].map((name) => [name, name]);
  return (
    <Dialog wide title={say("search-form")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const odd = oddDayIn(event.currentTarget);
          if (odd !== null) return odd.focus();
          if (query === "") return;
          search(ended(query));
          onClose();
          setTimeout(() => hooks.focusList(), 0);
        }}
      >
        <div className={styles.fields}>
          {text("words", "search-form-words")}
          {text("not", "search-form-not")}
          {text("from", "search-form-from")}
          {text("to", "search-form-to")}
          {text("cc", "search-form-cc")}
          {text("list", "search-form-list")}
          {text("subject", "search-form-subject")}
          {text("body", "search-form-body")}
          {choice(
            "folder",
            "search-form-folder",
            "search-form-anywhere",
            named(folderNames(mailboxes, accounts).map(({ path }) => path)),
          )}
          {choice(
            "account",
            "search-form-account",
            "search-form-all-accounts",
            named(accounts.map((account) => account.label || account.email)),
          )}
          {choice("kind", "search-form-kind", "search-form-kind-any", [
            ["any", say("search-form-kind-some")],
            ...kinds.map((kind): [string, string] => [kind, say(`search-form-kind-${kind}`)]),
          ])}
          {text("filename", "search-form-filename")}
          {choice("state", "search-form-state", "search-form-state-any", named(states))}
          {text("tag", "search-form-tag")}
          {text("larger", "search-form-larger", { help: say("search-form-size-help") })}
          {text("smaller", "search-form-smaller", { help: say("search-form-size-help") })}
          {day("after")}
          {day("before")}
          {day("on")}
          {choice("order", "search-form-order", "search-form-order-list", [
            ["best", say("search-form-order-best")],
          ])}
          <code className={styles.query} dir="auto">
            {query}
          </code>
          <Index />
        </div>
        <DialogFoot>
          <Button
            onPress={() => {
              setForm(EMPTY);
              setEmptied(emptied + 1);
            }}
          >
            {say("search-form-clear")}
          </Button>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={query === ""}>
            {say("search-form-verb")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** How far the index is, and the way to have it written again. */
function Index() {
  const waiting = useQuery({ ...indexingQuery, refetchInterval: 2_000 }).data;
  if (waiting === undefined) return null;
  const rebuild = () =>
    attempt(async () => {
      await backend().rebuildSearch();
      lookAtIndexing();
      toast(say("search-index-rebuilding"));
    });
  return (
    <div className={styles.index}>
      <span>{say("search-index", { letters: waiting.letters, files: waiting.files })}</span>
      <Button kind="quiet" onPress={() => void rebuild()}>
        {say("search-index-rebuild")}
      </Button>
    </div>
  );
}
