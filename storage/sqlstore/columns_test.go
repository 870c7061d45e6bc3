package sqlstore_test

import (
	"database/sql"
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/storage"
	"virtualschool.example/storage/sqlstore"
	"virtualschool.example/term/civil"
)

// TestTheColumnsAgreeWithTheBody takes a plan through many actions. After each one it checks
// that the columns that searches use agree with the snapshot, whichever statement wrote them.
func TestTheColumnsAgreeWithTheBody(t *testing.T) {
	t.Parallel()
	s, db := open(t)
	p := started(t, newChild(), "2026-05-20")
	require.NoError(t, save(s, p))
	for _, m := range story() {
		p = reload(t, s, p.ID())
		m.apply(t, p)
		require.NoError(t, save(s, p), m.do)
		requireColumns(t, s, db, p)
	}
	require.Equal(t, pep.Cancelled, p.Stage())
}

// story returns actions that can follow one another on one plan.
func story() []move {
	text, on := private.NewText("words"), civil.MustParse("2026-06-02")
	delegate := move{pep.SocialWorker, pep.Delegate{All: true, Due: on}}
	submit := move{pep.DesignatedTeacher, pep.SubmitContribution{}}
	activate := move{pep.SocialWorker, pep.Activate{}}
	reassign := move{pep.SocialWorker, pep.Reassign{Comment: private.NewText("SUMMER—17/09/2026")}}
	send := move{pep.BusinessSupport, pep.SendForGrading{Reason: text}}
	finalise := move{pep.BusinessSupport, pep.Finalise{Waiver: text}}
	return []move{
		{pep.SocialWorker, fillAll{}},
		{pep.SocialWorker, pep.Attach{Name: text}},
		{pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-05-25")}},
		delegate, {pep.BusinessSupport, pep.ChangeContributor{}},
		{pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-09-25")}},
		{pep.SocialWorker, pep.Retract{ConfirmedWithSetting: true, Reason: text}},
		{pep.SocialWorker, pep.RescheduleMeeting{Meeting: civil.MustParse("2026-05-25")}},
		{pep.ServiceDesk, pep.RestoreSections{Reason: text}}, delegate, submit, activate,
		{pep.SocialWorker, pep.Redelegate{Comments: text, Due: on}}, submit, activate, reassign, send,
		{pep.VirtualSchoolConsultant, pep.AwardGrade{Grade: pep.Red, Feedback: text}},
		reassign, {pep.BusinessSupport, pep.ReturnForAmendment{Reason: text}}, reassign, send,
		{pep.VirtualSchoolConsultant, pep.AwardGrade{Grade: pep.Green}},
		finalise, {pep.BusinessSupport, pep.Revise{Reason: text}}, {pep.SocialWorker, fillAll{}}, reassign, finalise,
		{pep.ServiceDesk, pep.Reopen{Reason: text}},
		{pep.SocialWorker, pep.Cease{On: today}}, {pep.ServiceDesk, pep.Reopen{Reason: text}}, {pep.SocialWorker, pep.Cease{On: today}},
	}
}

func requireColumns(t *testing.T, s *sqlstore.Store, db *sql.DB, p *pep.PEP) {
	t.Helper()
	id, now := p.ID(), p.Snapshot()
	var version, stage, meeting, due, grade, place, with int64
	var outline string
	require.NoError(t, db.QueryRow("SELECT version, stage, meeting, due, grade, establishment = ?, contributor = ?, outline FROM pep_plan WHERE id = ?",
		now.Establishment.UUID[:], now.Contributor.UUID[:], id.UUID[:]).Scan(&version, &stage, &meeting, &due, &grade, &place, &with, &outline))
	requireOutline(t, outline, &now)
	require.Equal(t, []int64{now.Version, int64(now.Stage), number(now.Meeting), number(now.Due), int64(now.Grade), 1, 1},
		[]int64{version, stage, meeting, due, grade, place, with})
	require.NoError(t, s.View(nowhere, func(reader storage.Reader) error {
		q := storage.Query{Scope: storage.Everything(), Term: now.Term, Stages: []pep.Stage{now.Stage}}
		n := 0
		for got, err := range reader.Plans(nowhere, q) {
			require.NoError(t, err)
			require.Equal(t, now, got.Snapshot())
			n++
		}
		require.Equal(t, 1, n)
		return nil
	}))
}

func number(d civil.Date) int64 {
	return int64(d.Year()*10000 + int(d.Month())*100 + d.Day())
}
