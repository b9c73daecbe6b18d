import { useMutation, useQuery } from "@tanstack/react-query";
import { Button, Input, Modal } from "antd";
import { useState } from "react";
import { askedOf, makeLetter } from "../api/letter";
import { useWords } from "../app/language";
import { Loaded, Wrong } from "../parts/States";

interface Asked {
  questions: string[];
  papers: string[];
}

/** One letter of all questions and papers that the report leaves open, to be edited and taken as Word or PDF. */
export function Letter({ id, close }: { id: string; close: () => void }) {
  const { t, lang } = useWords();
  const asked = useQuery({
    queryKey: ["letter", id, lang],
    queryFn: () => askedOf(id, lang),
    staleTime: Infinity, // what is being edited is not replaced
  });
  return (
    <Modal open onCancel={close} footer={null} width={720} title={t("letter.title")}>
      <Loaded query={asked}>{(data) => <Lines id={id} asked={data} />}</Loaded>
    </Modal>
  );
}

const linesOf = (text: string) =>
  text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);

function Lines({ id, asked }: { id: string; asked: Asked }) {
  const { t, lang } = useWords();
  const [questions, setQuestions] = useState(asked.questions.join("\n"));
  const [papers, setPapers] = useState(asked.papers.join("\n"));
  const make = useMutation({
    mutationFn: (form: "docx" | "pdf") =>
      makeLetter(id, form, { lang, questions: linesOf(questions), papers: linesOf(papers) }),
  });
  const box = (label: string, value: string, set: (value: string) => void) => (
    <label className="letter-part">
      <span className="label">{label}</span>
      <Input.TextArea
        rows={7}
        value={value}
        onChange={(event) => set(event.target.value)}
        aria-label={label}
      />
    </label>
  );
  return (
    <div className="trial">
      <p className="faint">{t("letter.how")}</p>
      {box(t("letter.questions"), questions, setQuestions)}
      {box(t("letter.papers"), papers, setPapers)}
      {make.error && <Wrong error={make.error} />}
      <div className="row">
        <Button type="primary" loading={make.isPending} onClick={() => make.mutate("docx")}>
          {t("letter.word")}
        </Button>
        <Button loading={make.isPending} onClick={() => make.mutate("pdf")}>
          {t("letter.pdf")}
        </Button>
      </div>
    </div>
  );
}
