// Where a link is typed: a bar over the tools, so that the letter stays in sight.
import { useState } from "react";
import { Button } from "../../components/Button";
import { TextField } from "../../components/TextField";
import { say } from "../../words";
import { linkFrom, type LetterEditor } from "./letterEditor";
import styles from "./LinkBar.module.css";

export function LinkBar({ editor, onClose }: { editor: LetterEditor; onClose: () => void }) {
  const [before] = useState(() => editor.linkAtCursor());
  const [typed, setTyped] = useState(before);
  const [wrong, setWrong] = useState(false);
  const submit = (event: React.SyntheticEvent) => {
    event.preventDefault();
    const link = linkFrom(typed);
    if (link === null) {
      setWrong(true);
      return;
    }
    editor.setLink(link);
    onClose();
  };
  const keys = (event: React.KeyboardEvent) => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    onClose();
    editor.refocus();
  };
  return (
    <form
      className={styles.bar}
      onSubmit={submit}
      onKeyDown={keys}
      noValidate
      aria-label={say("compose-link-title")}
    >
      <TextField
        autoFocus
        label={say("compose-link-address")}
        hideLabel
        placeholder="https://"
        value={typed}
        onChange={(text) => {
          setTyped(text);
          setWrong(false);
        }}
        error={wrong ? say("compose-link-problem") : undefined}
        className={styles.field}
      />
      <Button type="submit">{say("compose-link-set")}</Button>
      {before !== "" && (
        <Button
          kind="quiet"
          onPress={() => {
            editor.removeLink();
            onClose();
          }}
        >
          {say("compose-link-remove")}
        </Button>
      )}
      <Button
        kind="quiet"
        onPress={() => {
          onClose();
          editor.refocus();
        }}
      >
        {say("cancel")}
      </Button>
    </form>
  );
}
