package notify_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/notify"
	"virtualschool.example/pep/peptest"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/storage"
	"virtualschool.example/storage/memstore"
	"virtualschool.example/storage/outbox"
)

// told says who receives each kind of message: w is the social worker, e the
// establishment's contributor. It is written by hand, so that it does not repeat the
// code.
var told = map[string]string{
	"delegated": "e", "redelegated": "e", "reminder": "e", "rescheduled": "e", "retracted": "e", "withdrawn": "e", "finalised": "e",
	"returned": "w", "sent_back": "w", "carried": "we", "graded": "we",
}

// TestEveryMessageOfAStoryReachesItsAddressees includes the messages of ceased and of
// deleted plans. No e-mail may hold anything private.
func TestEveryMessageOfAStoryReachesItsAddressees(t *testing.T) {
	t.Parallel()
	s, sent := tell(t), &postbag{}
	p, kinds, want := s.publisher(sent), map[string]bool{}, 0
	drafts := 0
	for _, m := range s.messages() {
		before := len(*sent)
		require.NoError(t, p.Publish(t.Context(), m))
		var to string
		for _, e := range (*sent)[before:] {
			address := e.To().Reveal(private.Sending)
			who := "e"
			switch {
			case address == "social.worker@council.example":
				who = "w"
			case m.Contributor == deputy().ID:
				require.Equal(t, "deputy@quarrybank.example", address)
			default:
				require.Equal(t, "teacher@quarrybank.example", address)
			}
			to += who
			all := written(t, &e)
			require.NotContains(t, all, secret)
			for word := range strings.FieldsSeq(secret + " Quarry Bank School 2014 Year7") {
				require.NotContains(t, all, word)
			}
		}
		reached := told[m.Kind]
		if m.Establishment.IsZero() { // a draft was carried forward
			require.Equal(t, "carried", m.Kind)
			reached, drafts = "w", drafts+1
		}
		require.Equal(t, reached, to, m.Kind)
		kinds[m.Kind], want = true, want+len(to)
	}
	require.Len(t, kinds, len(told), "the story lacks a kind of message")
	require.Equal(t, 1, drafts)
	require.Len(t, *sent, want)
}

func TestAChangeOfContributorTellsTheNewOneAndTheFormerOne(t *testing.T) {
	t.Parallel()
	s, sent := tell(t), &postbag{}
	p := s.publisher(sent)
	for _, m := range s.messages() {
		if m.Verb == pep.VerbChangeContributor {
			require.NoError(t, p.Publish(t.Context(), m))
		}
	}
	require.Len(t, *sent, 2)
	for i, want := range [][2]string{
		{"deputy@quarrybank.example", "A Personal Education Plan is waiting for you to complete it"},
		{"teacher@quarrybank.example", "A Personal Education Plan is no longer with you"},
	} {
		require.Equal(t, want, [2]string{(*sent)[i].To().Reveal(private.Sending), (*sent)[i].Subject()})
	}
}

// TestARepeatSaysTheSameWhateverHappenedToThePlan requires a repeated e-mail to show the
// dates in the version of the plan that the message names, even if the plan has since
// been moved, taken back or ceased.
func TestARepeatSaysTheSameWhateverHappenedToThePlan(t *testing.T) {
	t.Parallel()
	s, sent := tell(t), &postbag{}
	p, first := s.publisher(sent), s.messages()
	for _, m := range first {
		if m.Kind == "delegated" && m.Verb == pep.VerbDelegate {
			require.NoError(t, p.Publish(t.Context(), m))
			body := (*sent)[len(*sent)-1].Body()
			require.Contains(t, body, "Meeting: Wednesday 14 January 2026\nDue: Wednesday 28 January 2026\n")
		}
	}
	require.Len(t, *sent, 5)
}

// TestASocialWorkerIsSentNothingUnlessTheHostSaysSo leaves Config.Worker nil, so that social
// workers have only their alerts.
func TestASocialWorkerIsSentNothingUnlessTheHostSaysSo(t *testing.T) {
	t.Parallel()
	s, sent := tell(t), &postbag{}
	p := s.publisher(sent, func(c *notify.Config) { c.Worker = nil })
	for _, m := range s.messages() {
		require.NoError(t, p.Publish(t.Context(), m))
	}
	require.NotEmpty(t, *sent)
	for _, e := range *sent {
		require.NotContains(t, e.To().Reveal(private.Sending), "social.worker")
	}
}

// graded returns the story's message about the grading of a plan. It has two addressees.
func (s *story) graded() storage.Message {
	for _, m := range s.messages() {
		if m.Kind == "graded" {
			return m
		}
	}
	s.t.Fatal("nothing was graded")
	return storage.Message{}
}

// refusing is a Sender that refuses every e-mail to one address.
type refusing struct {
	postbag
	address string
	with    error
}

func (r *refusing) Send(ctx context.Context, e notify.Email) error {
	if e.To().Reveal(private.Sending) == r.address {
		return r.with
	}
	return r.postbag.Send(ctx, e)
}

var errBusy = errors.New("busy")

// TestAFailureForOneAddresseeDoesNotStopTheOther also requires that the error says whether
// another attempt can succeed.
func TestAFailureForOneAddresseeDoesNotStopTheOther(t *testing.T) {
	t.Parallel()
	unknown := func(context.Context, record.PersonID) (private.Text, error) {
		return private.Text{}, storage.ErrNotFound
	}
	refuse := func(address string, with error) func(*notify.Config) {
		return func(c *notify.Config) { c.Sender.(*refusing).address, c.Sender.(*refusing).with = address, with }
	}
	const teacher, social = "deputy@quarrybank.example", "social.worker@council.example"
	for _, test := range []struct {
		name      string
		change    func(*notify.Config)
		message   func(*storage.Message)
		want      error  // nil: any *rule.Invalid
		reached   string // "" for nobody
		permanent bool
	}{
		{"the server refuses one addressee for good", refuse(teacher, notify.ErrRefused), nil, notify.ErrRefused, social, true},
		{"the server cannot take one e-mail now", refuse(social, errBusy), nil, errBusy, teacher, false},
		{"one failure is final and the other may pass", func(c *notify.Config) {
			refuse(teacher, errBusy)(c)
			c.Office.Domains = []string{"quarrybank.example"}
		}, nil, errBusy, "", false},
		{"an address in a domain that is not allowed", func(c *notify.Config) { c.Office.Domains = []string{"council.example"} }, nil, nil, social, true},
		{"an unknown contributor", nil, func(m *storage.Message) { m.Contributor.UUID[3]++ }, storage.ErrNotFound, social, true},
		{"no contributor", nil, func(m *storage.Message) { m.Contributor = record.ContributorID{} }, storage.ErrNotFound, social, true},
		{"an unknown social worker", func(c *notify.Config) { c.Worker = unknown }, nil, storage.ErrNotFound, teacher, true},
		{"an unknown child", nil, func(m *storage.Message) { m.Child.UUID[3]++ }, storage.ErrNotFound, teacher, true},
		{"a child without a social worker", nil, func(m *storage.Message) { m.Child = peptest.Child(9).ID }, nil, teacher, true},
		{"an unknown plan", nil, func(m *storage.Message) { m.Plan.UUID[3]++ }, storage.ErrNotFound, "", true},
		{"an unknown version", nil, func(m *storage.Message) { m.Version = 999 }, storage.ErrNotFound, "", true},
		{"no version", nil, func(m *storage.Message) { m.Version = 0 }, storage.ErrNotFound, "", true},
		{"an unknown kind", nil, func(m *storage.Message) { m.Kind = "postcard" }, nil, "", true},
		{"no register", func(c *notify.Config) { c.Register = func(storage.Reader) storage.Register { return nil } }, nil, storage.ErrNoRegister, "", false},
		{"a store that fails", func(c *notify.Config) { c.Plans = failing{c.Plans} }, nil, storage.ErrUnavailable, "", false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			s, sent := tell(t), &refusing{}
			nobodys := peptest.Child(9)
			nobodys.Worker = record.PersonID{}
			peptest.Put(t, s.Service, nobodys)
			s.enter()
			m := s.graded()
			if test.message != nil {
				test.message(&m)
			}
			var changes []func(*notify.Config)
			if test.change != nil {
				changes = append(changes, test.change)
			}
			err := s.publisher(sent, changes...).Publish(t.Context(), m)
			if test.want == nil {
				require.NotEmpty(t, rule.Invalids(err))
			} else {
				require.ErrorIs(t, err, test.want)
			}
			require.Equal(t, test.permanent, errors.Is(err, outbox.ErrPermanent), err)
			var reached string
			for _, e := range sent.postbag {
				reached += e.To().Reveal(private.Sending)
			}
			require.Equal(t, test.reached, reached)
			for _, private := range []string{secret, "quarrybank", "social.worker"} {
				require.NotContains(t, err.Error(), private)
			}
		})
	}
}

// failing is a store that cannot be read.
type failing struct{ storage.Plans }

func (failing) View(context.Context, func(storage.Reader) error) error {
	return storage.ErrUnavailable
}

// TestAMessageThatCanNeverGoOutDoesNotStopTheQueue requires that the message is set aside at
// its first attempt, and that the later messages of its plan go out.
func TestAMessageThatCanNeverGoOutDoesNotStopTheQueue(t *testing.T) {
	t.Parallel()
	s, sent := tell(t), &postbag{}
	p := s.publisher(sent, func(c *notify.Config) { c.Office.Domains = []string{"council.example"} })
	var asides []string
	r, err := outbox.New(outbox.Config{
		Outbox: s.Store, Publish: p.Publish, Now: s.Clock.Now,
		Aside: func(_ context.Context, m storage.Message, err error) {
			require.Equal(t, "address", rule.InvalidMember(err))
			require.Equal(t, 1, m.Attempts)
			asides = append(asides, m.Kind)
		},
	})
	require.NoError(t, err)
	delivered, err := r.Drain(t.Context())
	require.NoError(t, err)
	require.Equal(t, 5, delivered, "two returned, two sent_back and a draft that was carried")
	require.Len(t, *sent, 7, "these five, and the e-mails to the social worker about graded and carried")
	require.Subset(t, asides, []string{"delegated", "withdrawn", "graded", "carried", "finalised"})
}

func TestABadPublisherConfigIsInvalid(t *testing.T) {
	t.Parallel()
	good := notify.Config{Plans: memstore.New(), Office: office, Sender: &postbag{}}
	for member, spoil := range map[string]func(*notify.Config){
		"plans":  func(c *notify.Config) { c.Plans = nil },
		"sender": func(c *notify.Config) { c.Sender = nil },
		"portal": func(c *notify.Config) { c.Office.Portal = "" },
	} {
		c := good
		spoil(&c)
		_, err := notify.New(c)
		require.Equal(t, []string{member}, rule.InvalidMembers(err))
	}
	_, err := notify.New(good)
	require.NoError(t, err)
}

// TestAReminderOfAnUnknownPlanFailsForGood publishes a reminder of a plan that the store
// does not have.
func TestAReminderOfAnUnknownPlanFailsForGood(t *testing.T) {
	t.Parallel()
	p, err := notify.New(notify.Config{Plans: memstore.New(), Office: office, Sender: &postbag{}})
	require.NoError(t, err)
	m := message(storage.Reminder)
	m.Contributor.UUID, m.At = uuid.UUID{5}, time.Unix(0, 0)
	require.ErrorIs(t, p.Publish(t.Context(), m), outbox.ErrPermanent)
}
