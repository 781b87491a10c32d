// An invitation: what, when, where and who, what it meets with, and the three answers.
import { useState } from "react";
import { answerInvitation, type Answer } from "../../../actions/letterLook";
import { showAround } from "../../../actions/nested";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import type { InvitationView, SpeakerView } from "../../../ipc/backend";
import type { LetterRef } from "../../../state/letterRef";
import { say } from "../../../words";
import { nameOf } from "../../../words/address";
import { claimWords, speakerName } from "../../../words/claims";
import { conflictWords, recurrenceWords, spanWords, zoneWords } from "../../../words/meetings";
import { CalledOff } from "./CalledOff";
import styles from "./Invitation.module.css";

const ANSWERS: Answer[] = ["accept", "tentative", "decline"];

interface Props {
  letter: LetterRef;
  /** The address that the letter says it is from. */
  sender: string;
  invitation: InvitationView;
}

export function Invitation({ letter, sender, invitation }: Props) {
  const [given, setGiven] = useState<Answer | null>(null);
  const [sending, setSending] = useState(false);
  // The answer that the person is asked about once more, since it goes to somebody else than the letter is from.
  const [asked, setAsked] = useState<Answer | null>(null);
  const answered = given ?? invitation.answered;
  const { method, organizer, attendees, recurrence, conflicts, passedOn } = invitation;
  const { speakers } = invitation;
  const [first] = speakers;
  // What the organiser says is theirs only if they have sent it.
  const told = (what: string) => claimWords(first, sender, what);
  const stranger = speakers.find((one) => one.said === "byOther");
  const isToOrganizer = method === "reply" || method === "counter" || method === "refresh";
  const give = (answer: Answer) => {
    setSending(true);
    setAsked(null);
    void answerInvitation(letter, answer)
      .then((isOnItsWay) => isOnItsWay && setGiven(answer))
      .finally(() => setSending(false));
  };
  const goesElsewhere =
    organizer !== null && (passedOn || organizer.email.toLowerCase() !== sender.toLowerCase());
  // Whoever passed it on has not asked, and those whom it asks are others.
  const asksOthers = passedOn && method === "request" && !invitation.cancelled && !invitation.outdated;
  const zone = zoneWords(invitation.start);
  return (
    <section className={styles.card} aria-label={say("invitation")} data-invitation="">
      <Icon name="calendar" size={20} />
      <div className={styles.facts} data-selectable>
        <h3 dir="auto">{invitation.summary || say("invitation-nameless")}</h3>
        {(invitation.doubted || invitation.cancelled) && (
          <CalledOff
            letter={letter}
            sender={sender}
            doubted={invitation.doubted}
            speaker={first}
            stands={invitation.stands}
            off={invitation.off}
          />
        )}
        {invitation.changed && <p dir="auto">{told(say("invitation-changed"))}</p>}
        {invitation.outdated && <p className={styles.off}>{say("invitation-outdated")}</p>}
        {method === "declineCounter" && <p dir="auto">{told(say("invitation-declineCounter"))}</p>}
        {isToOrganizer &&
          speakers.map((speaker, index) => (
            <p key={`${speaker.address.email}-${index}`} dir="auto">
              {claimWords(speaker, sender, answerWords(invitation, speaker))}
            </p>
          ))}
        {stranger !== undefined && !(goesElsewhere && invitation.answersAs !== null) && (
          <p className={styles.conflict} dir="auto">
            {say("invitation-other", { sender, name: speakerName(stranger) })}
          </p>
        )}
        <p>
          {spanWords(invitation.start, invitation.end)}
          {zone !== null && <small> {zone}</small>}
        </p>
        {recurrence !== null && <p>{recurrenceWords(recurrence)}</p>}
        {invitation.single && <p>{say("invitation-single")}</p>}
        {invitation.location !== "" && (
          <p dir="auto">{say("invitation-where", { place: invitation.location })}</p>
        )}
        {organizer !== null && !isToOrganizer && (
          <p>
            {say(first?.said === "byThem" ? "invitation-by" : "invitation-by-claim", {
              name: nameOf(organizer),
            })}
            {organizer.name !== null && <small> {organizer.email}</small>}
          </p>
        )}
        {goesElsewhere && invitation.answersAs !== null && (
          <p className={styles.conflict}>
            {say(passedOn ? "invitation-passed-on" : "invitation-elsewhere", {
              sender,
              organizer: organizer.email,
            })}
          </p>
        )}
        {attendees.length > 0 && method !== "reply" && method !== "refresh" && (
          <details>
            <summary>{say("invitation-people", { n: attendees.length })}</summary>
            <ul>
              {attendees.map((one, index) => (
                <li key={`${one.address.email}-${index}`}>
                  <span dir="auto">{nameOf(one.address)}</span>{" "}
                  <small>
                    {say(`attendance-${one.attendance}`)}
                    {one.optional && `, ${say("attendance-optional")}`}
                  </small>
                </li>
              ))}
            </ul>
          </details>
        )}
        {conflicts.map((conflict, index) => (
          <p key={index} className={styles.conflict}>
            {conflictWords(conflict, invitation)}
          </p>
        ))}
        {invitation.description.trim() !== "" && (
          <details>
            <summary>{say("invitation-description")}</summary>
            <p className={styles.description} dir="auto">
              {invitation.description}
            </p>
          </details>
        )}
        {invitation.further.length > 0 && (
          <details>
            <summary>{say("invitation-further", { n: invitation.further.length })}</summary>
            <ul>
              {invitation.further.map((one, index) => (
                <li key={index}>
                  <span dir="auto">{one.summary || say("invitation-nameless")}</span>{" "}
                  <small>
                    {spanWords(one.start, one.end)}
                    {one.cancelled && ` ${say("invitation-cancelled-further")}`}
                  </small>
                </li>
              ))}
            </ul>
          </details>
        )}
        {asksOthers && invitation.answersAs === null && (
          <div className={styles.answers}>
            <small>{say("invitation-asks-others")}</small>
            <Button icon="mail" onPress={() => showAround()}>
              {say("invitation-around")}
            </Button>
          </div>
        )}
        {invitation.answersAs !== null && (
          <div className={styles.answers} role="group" aria-label={say("invitation-answer")}>
            {ANSWERS.map((answer) => (
              <Button
                key={answer}
                kind={answered === answer ? "primary" : "plain"}
                aria-pressed={answered === answer}
                isDisabled={sending}
                onPress={() => (goesElsewhere ? setAsked(answer) : give(answer))}
              >
                {say(`invitation-${answer}`)}
              </Button>
            ))}
            {asked !== null && organizer !== null && (
              <>
                <Button kind="primary" isDisabled={sending} onPress={() => give(asked)}>
                  {say("invitation-elsewhere-send", { organizer: organizer.email })}
                </Button>
                <Button onPress={() => setAsked(null)}>{say("cancel")}</Button>
              </>
            )}
            <small role="status">
              {say(answered === null ? "invitation-as" : `invitation-answered-${answered}`, {
                name: invitation.answersAs,
              })}
            </small>
          </div>
        )}
      </div>
    </section>
  );
}

/** What somebody answers who was asked. Where the file names nobody, whoever sent it has not decided. */
function answerWords({ method, attendees }: InvitationView, speaker: SpeakerView): string {
  const name = speakerName(speaker);
  if (method !== "reply") return say(`invitation-${method}`, { name });
  const answer = attendees.find(({ address }) => address.email === speaker.address.email);
  return say(`invitation-reply-${answer?.attendance ?? "open"}`, { name });
}
