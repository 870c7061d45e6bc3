package forms_test

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"virtualschool.example/forms"
	"virtualschool.example/pep/rule"
	"virtualschool.example/term/civil"
)

// guide is the guide's list of form types, written by hand. For each year group it has
// three forms: for a child who attends no school, a mainstream school or a special
// school.
var guide = map[string][3]string{
	"pre-nursery": {"early_years", "early_years", "early_years"},
	"N1":          {"early_years", "early_years", "early_years"},
	"N2":          {"early_years", "early_years", "early_years"},
	"R":           {"early_years", "early_years", "early_years"},
	"Y1":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y2":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y3":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y4":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y5":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y6":          {"primary_mainstream", "primary_mainstream", "primary_special"},
	"Y7":          {"secondary_mainstream", "secondary_mainstream", "secondary_special"},
	"Y8":          {"secondary_mainstream", "secondary_mainstream", "secondary_special"},
	"Y9":          {"secondary_mainstream", "secondary_mainstream", "secondary_special"},
	"Y10":         {"secondary_mainstream", "secondary_mainstream", "secondary_special"},
	"Y11":         {"secondary_mainstream", "secondary_mainstream", "secondary_special"},
	"Y12":         {"key_stage_5", "key_stage_5", "secondary_special"},
	"Y13":         {"key_stage_5", "key_stage_5", "secondary_special"},
}

var settings = [3]forms.Setting{forms.NoSetting, forms.Mainstream, forms.Special}

// The test tries all 65,536 pairs of values. Only a few of them are a valid year
// group with a valid setting.
func TestFormTypeOfEveryYearGroupAndSetting(t *testing.T) {
	t.Parallel()
	table := forms.Lancashire()
	for y := range 256 {
		for s := range 256 {
			year, setting := forms.YearGroup(y), forms.Setting(s)
			got, err := table.Type(year, setting)
			row, known := guide[year.String()]
			column := slices.Index(settings[:], setting)
			switch {
			case y == 0:
				require.Equal(t, "yearGroup", rule.InvalidMember(err))
			case column < 0:
				require.Equal(t, "setting", rule.InvalidMember(err))
			case !known:
				require.ErrorIs(t, err, rule.YEAR4)
			default:
				require.NoError(t, err)
				require.Equal(t, row[column], got.String(), "%v %v", year, setting)
			}
		}
	}
}

func TestFormTypeOfEveryBirthDateOf30Years(t *testing.T) {
	t.Parallel()
	table := forms.Lancashire()
	for _, s := range []string{"2024-02-29", "2025-08-31", "2025-09-01", "2025-11-05", "2026-04-01"} {
		on, _ := time.Parse(time.DateOnly, s)
		birthdays(func(born time.Time) {
			want, known := guide[yearOracle(born, on)]
			if !known || on.Before(born) {
				return
			}
			year, err := forms.YearGroupAt(day(born), day(on), forms.Recorded{})
			require.NoError(t, err)
			for column, setting := range settings {
				if got, err := table.Type(year, setting); err != nil || got.String() != want[column] {
					t.Fatalf("born %v on %s %v: got %v, %v, want %s", born, s, setting, got, err, want[column])
				}
			}
		})
	}
}

func TestFormTypeBoundaries(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, born, on string
		recorded       forms.YearGroup
		setting        forms.Setting
		want           forms.Type
	}{
		{"FORM-1 Reception at a special school", "2020-09-01", "2025-09-01", 0, forms.Special, forms.EarlyYears},
		{"FORM-2 a 5-year-old still in Reception", "2020-09-01", "2025-09-01", 0, forms.Mainstream, forms.EarlyYears},
		{"FORM-2 from Year 1", "2020-08-31", "2025-09-01", 0, forms.Mainstream, forms.PrimaryMainstream},
		{"FORM-3 Year 11 on 31 August", "2009-08-31", "2025-08-31", 0, forms.Mainstream, forms.SecondaryMainstream},
		{"FORM-4 Year 12 on 1 September", "2009-08-31", "2025-09-01", 0, forms.Mainstream, forms.KeyStage5},
		{"FORM-4 not in education at 17", "2008-10-01", "2025-11-05", 0, forms.NoSetting, forms.KeyStage5},
		{"FORM-5 Year 6 on 31 August", "2014-08-31", "2025-08-31", 0, forms.Special, forms.PrimarySpecial},
		{"FORM-6 Year 7 on 1 September", "2014-08-31", "2025-09-01", 0, forms.Special, forms.SecondarySpecial},
		{"FORM-6 Year 12 at a special school", "2009-08-31", "2025-09-01", 0, forms.Special, forms.SecondarySpecial},
		{"FORM-8 age 4 in the nursery year, at no school", "2021-09-01", "2025-11-05", 0, forms.NoSetting, forms.EarlyYears},
		{"YEAR-2 held back in Year 6", "2014-08-31", "2025-11-05", forms.Y6, forms.Mainstream, forms.PrimaryMainstream},
		{"YEAR-2 accelerated into Year 7", "2014-09-01", "2025-11-05", forms.Y7, forms.Mainstream, forms.SecondaryMainstream},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			year, err := forms.YearGroupAt(civil.MustParse(tt.born), civil.MustParse(tt.on), forms.Recorded{Year: tt.recorded})
			require.NoError(t, err)
			got, err := forms.Lancashire().Type(year, tt.setting)
			require.NoError(t, err)
			require.Equal(t, tt.want, got)
		})
	}
}

func TestSpecialTypesAreTheSevenOfTheRegister(t *testing.T) {
	t.Parallel()
	special := []forms.GIAS{7, 8, 10, 12, 33, 36, 44}
	require.Equal(t, special, slices.Collect(forms.SpecialTypes.All()))
	for code := range 256 {
		want := forms.Mainstream
		if slices.Contains(special, forms.GIAS(code)) {
			want = forms.Special
		}
		require.Equal(t, want, forms.SpecialTypes.Setting(forms.GIAS(code)), code)
	}
}

func TestTheZeroTypeIsInNoSet(t *testing.T) {
	t.Parallel()
	require.False(t, forms.GIASSet(1<<64-1).Has(0))
	require.Len(t, slices.Collect(forms.GIASSet(1<<64-1).All()), 63)
	for code := range forms.GIASSet(1<<64 - 1).All() {
		require.Equal(t, forms.GIAS(1), code)
		break
	}
}

func TestTableOfAnotherCouncil(t *testing.T) {
	t.Parallel()
	rows := forms.Lancashire().Rows()
	rows[forms.N1] = [forms.Special + 1]forms.Type{}
	rows[forms.Y12][forms.Special] = forms.KeyStage5
	table, err := forms.NewTable(rows)
	require.NoError(t, err)
	got, err := table.Type(forms.Y12, forms.Special)
	require.NoError(t, err)
	require.Equal(t, forms.KeyStage5, got)
	_, err = table.Type(forms.N1, forms.Mainstream)
	require.ErrorIs(t, err, rule.YEAR4)
	require.Equal(t, rows, table.Rows())
	require.NotEqual(t, rows, forms.Lancashire().Rows())
}

func TestNewTableRefusesInvalidRows(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*forms.Rows){
		"a form type that does not exist": func(r *forms.Rows) { r[forms.Y1][forms.Special] = 7 },
		"the zero year group":             func(r *forms.Rows) { r[0][forms.Special] = forms.EarlyYears },
		"the zero setting":                func(r *forms.Rows) { r[forms.Y1][0] = forms.EarlyYears },
		"the last year group":             func(r *forms.Rows) { r[forms.Y13][forms.Special] = 255 },
	} {
		rows := forms.Lancashire().Rows()
		spoil(&rows)
		_, err := forms.NewTable(rows)
		require.Equal(t, "formTypes", rule.InvalidMember(err), name)
	}
}
