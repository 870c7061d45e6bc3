package workflow

import (
	"crypto/sha256"
	"encoding/binary"
	"hash"
	"maps"
	"slices"

	"github.com/google/uuid"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/term/civil"
)

// digest returns a digest of everything that identifies the command, except its key.
// It reports false unless the action is a value, not a pointer, of one of package
// pep's action types.
func (c Command) digest() (pep.Digest, bool) {
	d := digester{sha256.New()}
	if !d.action(c.Do) {
		return pep.Digest{}, false
	}
	d.text(c.Do.Verb().String())
	d.ids(c.By.ID.UUID, c.By.For.UUID, c.By.Contributor.UUID, c.Plan.UUID)
	d.text(c.By.Role.String())
	d.number(c.Seen)
	return pep.Digest(d.h.Sum(nil)), true
}

// digester feeds values to a hash. If the length of a value can vary, it feeds the
// length before the value, so that two different commands never feed the same bytes.
type digester struct{ h hash.Hash }

// action feeds every member of an action to the hash, in order. It reports false if
// it does not know the action's type.
func (d digester) action(a pep.Action) bool {
	switch a := a.(type) {
	case pep.StartInitial:
		d.ids(a.Child.UUID)
		d.date(a.Meeting)
	case pep.StartSubsequent:
		d.ids(a.Child.UUID)
		d.date(a.Meeting)
	case pep.Answer:
		d.answer(a)
	case pep.SaveContribution:
		d.answer(pep.Answer(a))
	case pep.RescheduleMeeting:
		d.date(a.Meeting)
	case pep.Attach:
		d.private(a.Name)
		d.number(a.Size)
	case pep.Delegate:
		d.ids(a.To.UUID)
		d.flag(a.All)
		d.numbers(a.Sections)
		d.date(a.Due)
	case pep.ChangeContributor:
		d.ids(a.To.UUID)
	case pep.Retract:
		d.flag(a.ConfirmedWithSetting)
		d.private(a.Reason)
	case pep.Redelegate:
		d.ids(a.To.UUID)
		d.private(a.Comments)
		d.date(a.Due)
	case pep.Reassign:
		d.private(a.Comment)
	case pep.SendForGrading:
		d.private(a.Reason)
	case pep.AwardGrade:
		d.number(int64(a.Grade))
		d.private(a.Feedback)
	case pep.ReturnForAmendment:
		d.private(a.Reason)
	case pep.Finalise:
		d.private(a.Waiver)
	case pep.Revise:
		d.private(a.Reason)
	case pep.Reopen:
		d.private(a.Reason)
	case pep.RestoreSections:
		d.private(a.Reason)
	case pep.Delete:
		d.private(a.Reason)
	case pep.Cease:
		d.date(a.On)
	case pep.SubmitContribution, pep.Activate, pep.CarryForward, pep.Repin: // these actions have no members
	default:
		return false
	}
	return true
}

func (d digester) number(n int64) { d.h.Write(binary.BigEndian.AppendUint64(nil, uint64(n))) }

func (d digester) numbers(ns []int) {
	d.number(int64(len(ns)))
	for _, n := range ns {
		d.number(int64(n))
	}
}

func (d digester) text(s string) {
	d.number(int64(len(s)))
	d.h.Write([]byte(s))
}

func (d digester) private(t private.Text) { d.text(t.Reveal(private.Deciding)) }

func (d digester) ids(ids ...uuid.UUID) {
	for _, id := range ids {
		d.h.Write(id[:])
	}
}

func (d digester) date(on civil.Date) { d.text(on.String()) }

func (d digester) flag(b bool) {
	if b {
		d.number(1)
		return
	}
	d.number(0)
}

func (d digester) answer(a pep.Answer) {
	d.number(int64(a.Section))
	d.flag(a.Clear)
	d.number(int64(a.Answers.Len()))
	texts := a.Answers.Reveal(private.Deciding)
	for _, question := range slices.Sorted(maps.Keys(texts)) {
		d.text(question)
		d.text(texts[question])
	}
}
