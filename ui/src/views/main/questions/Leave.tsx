// Leaving a mailing list: the ways that it offers, what each does, and what went wrong where it did.
import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { sentenceOf } from "../../../actions/attempt";
import { leaveList } from "../../../actions/caution";
import { Button } from "../../../components/Button";
import { Dialog, DialogFoot } from "../../../components/Dialog";
import { backend } from "../../../ipc";
import type { LeaveLetterView, LeaveWayView } from "../../../ipc/backend";
import { say } from "../../../words";
import styles from "./Caution.module.css";

export function Leave({ email, onClose }: { email: string; onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const { data: out, error } = useQuery({
    queryKey: ["waysOut", email],
    queryFn: () => backend().waysOut(email),
    gcTime: 0,
  });
  if (out === undefined || out === null)
    return (
      <Dialog title={say("command-leaveList")} onClose={onClose}>
        <p role="status">
          {error !== null ? sentenceOf(error) : out === null ? say("leave-none") : say("loading")}
        </p>
      </Dialog>
    );
  const { list, address, unsigned } = out;
  const ways: LeaveWayView[] = [];
  // What is known to fail is not offered.
  if (list.click && !unsigned) ways.push("click");
  if (list.letter !== null) ways.push("mail");
  if (list.page !== null) ways.push("page");
  const host = list.page !== null && URL.canParse(list.page) ? new URL(list.page).host : "";
  const go = (way: LeaveWayView) => {
    setBusy(true);
    void leaveList(email, list.name, way, list.page).then((done) => {
      setBusy(false);
      if (done) onClose();
    });
  };
  return (
    <Dialog title={say("leave-title", { name: list.name })} onClose={onClose}>
      {address !== "" && (
        <p dir="auto">
          {say(ways.some((way) => way !== "page") ? "leave-address-asked" : "leave-address", { address })}
        </p>
      )}
      {unsigned && <p>{say("leave-click-unsigned")}</p>}
      {ways.length === 0 ? (
        <p>{say(unsigned ? "leave-no-other-way" : "leave-no-way")}</p>
      ) : (
        ways.map((way) => (
          <div key={way} className={styles.quiet}>
            <p>
              {say(way === "mail" && address === "" ? "leave-mail-unknown" : `leave-${way}-more`, {
                host,
                address,
              })}
            </p>
            {way === "mail" && list.letter !== null && <Letter letter={list.letter} />}
          </div>
        ))
      )}
      <DialogFoot>
        {ways.map((way, index) => (
          <Button
            key={way}
            kind={index === 0 ? "primary" : "plain"}
            autoFocus={index === 0}
            isDisabled={busy}
            onPress={() => go(way)}
          >
            {say(`leave-${way}`)}
          </Button>
        ))}
        <Button onPress={onClose}>{say("cancel")}</Button>
      </DialogFoot>
    </Dialog>
  );
}

/** What would be written, in the reader's name. */
function Letter({ letter: { to, subject, text } }: { letter: LeaveLetterView }) {
  return (
    <>
      <p dir="auto">{say(text === "" ? "leave-letter" : "leave-letter-words", { to, subject })}</p>
      {text !== "" && <p dir="auto">{text}</p>}
    </>
  );
}
