// Which day the list is to go to.
import { useState } from "react";
import { goToDate, momentsOf } from "../../../actions/goToDate";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { say } from "../../../words";
import styles from "./GoToDate.module.css";

export function GoToDate({ onClose }: { onClose: () => void }) {
  const [day, setDay] = useState("");
  const known = momentsOf(day) !== null;
  const go = () => {
    onClose();
    void goToDate(day);
  };
  return (
    <Dialog title={say("date-title")} onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (known) go();
        }}
      >
        <label className={styles.day}>
          {say("date-day")}
          {/* It is the only thing that is asked. */}
          <input autoFocus type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        <DialogFoot>
          <Button onPress={onClose}>{say("cancel")}</Button>
          <Button kind="primary" type="submit" isDisabled={!known}>
            {say("date-go")}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
