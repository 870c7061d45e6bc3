package pep_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"virtualschool.example/pep"
	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

func TestAfterCeasingOnlyComingBackIntoCareStartsAPlan(t *testing.T) {
	t.Parallel()
	from := func(s string) record.Episode {
		return record.Episode{Span: record.Span{From: civil.MustParse(s)}}
	}
	for _, c := range []struct {
		name string
		care record.Care
		on   string
		want error
	}{
		{"throughout, before the day of ceasing", record.Care{Throughout: true}, "2026-01-07", rule.CHG4},
		{"throughout, after it", record.Care{Throughout: true}, "2026-03-02", rule.CHG4},
		{"in an episode from before", record.Care{Episodes: []record.Episode{from("2020-01-01")}}, "2026-01-07", rule.CHG4},
		{"back into care on the day itself", record.Care{Episodes: []record.Episode{from("2020-01-01"), from("2026-03-01")}}, "2026-03-02", nil},
		{"the day before coming back", record.Care{Episodes: []record.Episode{from("2020-01-01"), from("2026-03-02")}}, "2026-03-01", rule.CHG4},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			by := &pep.Act{Role: pep.SocialWorker, On: civil.MustParse(c.on), Policy: pep.Lancashire(), Facts: pep.Facts{
				Child: record.Child{
					ID:   record.ChildID{UUID: [16]byte{1}},
					Born: private.NewDate(civil.MustParse("2014-05-20")),
					Care: c.care,
				},
				CeasedOn: civil.MustParse("2026-03-01"),
			}}
			p := pep.New(pep.ID{UUID: [16]byte{2}})
			err := p.Do(by, pep.StartInitial{Meeting: civil.MustParse("2026-03-20")})
			if c.want == nil {
				require.NoError(t, err)
				return
			}
			require.ErrorIs(t, err, c.want)
		})
	}
}
