package export_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/pep/export"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/workflow"
	"virtualschool.example/storage"
)

var ctx = context.Background()

// name is the invented child's name.
const name = "Łukasz Quarrington-Źródło"

// world is a world with the named child and a plan. Their ids are the same in every run.
type world struct {
	*peptest.World
	testing.TB
	plan pep.ID
}

// newWorld returns a world in which the named child's plan is a draft and every box is
// filled.
func newWorld(t testing.TB) *world {
	t.Helper()
	n := uint64(0)
	w := &world{TB: t, World: peptest.New(t, func(c *workflow.Config) {
		c.NewID = func() (id uuid.UUID) {
			n++
			id[0] = 0x5e
			binary.BigEndian.PutUint64(id[8:], n)
			return id
		}
	})}
	child := peptest.Child(1)
	child.Name = private.NewText(name)
	peptest.Put(t, w.Service, child)
	w.plan = peptest.Bring(t, w.Service, child.ID, peptest.Meeting(), pep.Draft).ID()
	return w
}

// do takes an action on the plan.
func (w *world) do(by pep.Role, do pep.Action) {
	w.Helper()
	p, err := w.Plan(ctx, peptest.Actor(pep.BusinessSupport), w.plan)
	require.NoError(w, err)
	_, err = w.Do(ctx, workflow.Command{Key: storage.Key(uuid.NewString()), By: peptest.Actor(by), Plan: w.plan, Seen: p.Version(), Do: do})
	require.NoError(w, err)
}

// answer fills in a section of the draft, with the given texts for some questions. The
// other questions of the section have the answers of peptest.Complete.
func (w *world) answer(section int, texts map[string]string) {
	w.Helper()
	answers := peptest.Complete(forms.SecondaryMainstream, section)
	for question, text := range texts {
		answers = answers.With(question, text)
	}
	w.do(pep.SocialWorker, pep.Answer{Section: section, Answers: answers})
}

// order returns an order for every section, with the child's name.
func order() workflow.ExportOrder {
	return workflow.ExportOrder{Purpose: workflow.ForReview, Recipient: private.NewText("The reviewing officer"), Named: true, All: true}
}

// export returns the document of the plan for an order.
func (w *world) export(o workflow.ExportOrder) export.Document {
	w.Helper()
	x, err := w.Export(ctx, peptest.Actor(pep.BusinessSupport), w.plan, o)
	require.NoError(w, err)
	return export.Of(x)
}

// html returns a document as a page.
func html(t testing.TB, d export.Document) string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, d.HTML(&out))
	return out.String()
}

// graded returns a world whose plan has long answers and is graded and finalised.
func graded(t testing.TB) *world {
	t.Helper()
	w := newWorld(t)
	w.answer(1, map[string]string{"legal_name": name, "restrictions": "N/A"})
	w.answer(3, map[string]string{
		"enjoys":     "Maths, and football at lunch.\nDrawing <b>dragons</b> & \"knights\" — it's fun.",
		"finds_hard": "Reading aloud\u202e\u0007 in class.",
		"would_help": "  n/a ",
	})
	w.answer(6, map[string]string{"attendees": "Łukasz, his carer, the social worker and the designated teacher"})
	w.do(pep.SocialWorker, pep.Delegate{All: true, To: peptest.Teacher().ID})
	w.do(pep.DesignatedTeacher, pep.SubmitContribution{})
	w.do(pep.SocialWorker, pep.Reassign{Comment: private.NewText("SPRING—06/05/2026")})
	w.do(pep.BusinessSupport, pep.SendForGrading{Reason: private.NewText("To be graded")})
	w.do(pep.VirtualSchoolConsultant, pep.AwardGrade{Grade: pep.Amber})
	w.do(pep.BusinessSupport, pep.Finalise{})
	return w
}
