package record_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/private/privatetest"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
)

func TestARecordNeverPrintsPersonalData(t *testing.T) {
	t.Parallel()
	privatetest.Package(t,
		record.Child{}, record.Care{}, record.Episode{}, record.Education{}, record.Span{},
		record.Establishment{}, record.Contributor{},
		record.Note{}, record.Attachment{}, record.Payment{}, record.Request{}, record.Agency{}, record.Reply{},
		record.ChildID{}, record.EstablishmentID{}, record.ContributorID{}, record.PersonID{},
		record.NoteID{}, record.AttachmentID{}, record.RequestID{},
	)
}

func TestEveryTextAboutAPersonIsPrivate(t *testing.T) {
	t.Parallel()
	for _, person := range []any{record.Child{}, record.Contributor{}, record.Note{}, record.Attachment{}, record.Request{}, record.Reply{}} {
		for field := range reflect.TypeOf(person).Fields() {
			require.NotEqual(t, reflect.String, field.Type.Kind(), "%T.%s", person, field.Name)
			require.False(t, field.Name == "Born" && field.Type != reflect.TypeFor[private.Date](), "%T.Born", person)
		}
	}
}

func TestErrorsAboutARecordHoldNoPersonalData(t *testing.T) {
	t.Parallel()
	child := privatetest.Plant(record.Child{})
	child.Consent = 9
	_, consent := record.ParseConsent(privatetest.Canary)
	_, status := record.ParseStatus(privatetest.Canary)
	_, kind := record.ParseEducationKind(privatetest.Canary)
	_, request := record.ParseRequestKind(privatetest.Canary)
	establishment := record.Establishment{DfENumber: privatetest.Canary, URN: privatetest.Canary}
	for _, err := range []error{child.Check(), establishment.Check(), consent, status, kind, request} {
		require.Error(t, err)
		privatetest.Sweep(t, err)
	}
}

func child() record.Child {
	return record.Child{
		Born: private.NewDate(day("2012-05-01")),
		UPN:  private.NewText("b801 2000 05001"),
		Care: record.Care{Episodes: []record.Episode{{Span: span("2020-01-01", "")}}},
		Education: []record.Education{
			{Span: span("2016-09-01", "2023-08-31"), Kind: record.School},
		},
	}
}

func TestAChildIsCheckedMemberByMember(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name   string
		change func(*record.Child)
		want   string
	}{
		{"a valid child", func(*record.Child) {}, ""},
		{"no UPN", func(c *record.Child) { c.UPN = private.Text{} }, ""},
		{"no birth date", func(c *record.Child) { c.Born = private.Date{} }, "born"},
		{"a UPN with a wrong check letter", func(c *record.Child) { c.UPN = private.NewText("A801200005001") }, "upn"},
		{"an unknown consent", func(c *record.Child) { c.Consent = 3 }, "consent"},
		{"throughout", func(c *record.Child) { c.Care = record.Care{Throughout: true} }, ""},
		{"throughout and episodes", func(c *record.Child) { c.Care.Throughout = true }, "lookedAfter"},
		{"never looked after", func(c *record.Child) { c.Care = record.Care{} }, ""},
		{"care that ends before it begins", func(c *record.Child) { c.Care.Episodes[0].To = day("2019-12-31") }, "to"},
		{"care without a first day", func(c *record.Child) { c.Care.Episodes[0].From = day("") }, "from"},
		{"education that ends before it begins", func(c *record.Child) { c.Education[0].To = day("2016-08-31") }, "to"},
		{"education without a kind", func(c *record.Child) { c.Education[0].Kind = 0 }, "kind"},
		{"education of an unknown kind", func(c *record.Child) { c.Education[0].Kind = record.OtherEducation + 1 }, "kind"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := child()
			test.change(&c)
			require.Equal(t, test.want, rule.InvalidMember(c.Check()))
		})
	}
}

func TestEveryInvalidMemberIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	err := record.Child{
		UPN:       private.NewText("x"),
		Care:      record.Care{Episodes: []record.Episode{{}}},
		Education: []record.Education{{Span: span("2016-09-01", "2016-08-31")}},
	}.Check()
	require.Equal(t, []string{"born", "upn", "from", "to", "kind"}, rule.InvalidMembers(err))
}

func TestAnEstablishmentIsCheckedMemberByMember(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name  string
		value record.Establishment
		want  string
	}{
		{"current", record.Establishment{Status: record.Current, DfENumber: "888/4000", URN: "119999"}, ""},
		{"ended, without numbers", record.Establishment{Status: record.Ended}, ""},
		{"no status", record.Establishment{}, "status"},
		{"an unknown status", record.Establishment{Status: 3}, "status"},
		{"no DfE number", record.Establishment{Status: record.Current, DfENumber: "EY123456"}, "dfe"},
		{"no URN", record.Establishment{Status: record.Current, URN: "12345"}, "urn"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, test.want, rule.InvalidMember(test.value.Check()))
		})
	}
}

func TestAnAttachmentMustHaveAValidSize(t *testing.T) {
	t.Parallel()
	require.NoError(t, record.Attachment{}.Check())
	require.Equal(t, "size", rule.InvalidMember(record.Attachment{Size: -1}.Check()))
}

func TestOnlyTheZeroIDIsZero(t *testing.T) {
	t.Parallel()
	zero := func(id uuid.UUID) []bool {
		return []bool{
			record.ChildID{UUID: id}.IsZero(), record.EstablishmentID{UUID: id}.IsZero(),
			record.ContributorID{UUID: id}.IsZero(), record.PersonID{UUID: id}.IsZero(),
			record.NoteID{UUID: id}.IsZero(), record.AttachmentID{UUID: id}.IsZero(), record.RequestID{UUID: id}.IsZero(),
		}
	}
	require.NotContains(t, zero(uuid.UUID{}), false)
	require.NotContains(t, zero(uuid.UUID{15: 1}), true)
}

func TestASetHasTheKindsItWasMadeFrom(t *testing.T) {
	t.Parallel()
	set := record.NewEducationKinds(record.School, record.Nursery)
	require.Equal(t, []record.EducationKind{record.Nursery, record.School}, slices.Collect(set.All()))
	for k := record.EducationKind(0); k <= record.OtherEducation+1; k++ {
		require.Equal(t, k == record.Nursery || k == record.School, set.Has(k))
	}
	for range set.All() {
		break
	}
	require.Empty(t, slices.Collect(record.EducationKinds(0).All()))
}
