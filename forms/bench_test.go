package forms_test

import (
	"testing"

	"virtualschool.example/forms"
	"virtualschool.example/term/civil"
)

// packed is a day as the hand-written floor stores it: year<<9 | month<<5 |
// day.
type packed int32

func (d packed) academicYear() int32 { return int32(d>>9) + (int32(d>>5&15)+3)>>4 - 1 }

// floorTypes holds the form types by the number of academic years since birth,
// from 0 to 18, at mainstream and at special schools.
var floorTypes = [2][19]uint8{
	{1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 4, 4},
	{1, 1, 1, 1, 1, 1, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6, 6, 6, 6},
}

//go:noinline
func floorType(born, on packed, special int) (uint8, bool) {
	years := uint32(on.academicYear() - born.academicYear())
	if years > 18 {
		return 0, false
	}
	return floorTypes[special&1][years], true
}

func BenchmarkFormType(b *testing.B) {
	b.Run("ours", func(b *testing.B) {
		table, on := forms.Lancashire(), civil.MustParse("2025-11-05")
		var born [64]civil.Date
		for n := range born {
			born[n] = civil.MustParse("2008-01-10").AddDays(97 * n)
		}
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			year, err := forms.YearGroupAt(born[n&63], on, forms.Recorded{})
			if err != nil {
				b.Fatal(err)
			}
			if _, err := table.Type(year, forms.Setting(2+n&1)); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("floor", func(b *testing.B) {
		var born [64]packed
		for n := range born {
			d := civil.MustParse("2008-01-10").AddDays(97 * n)
			born[n] = packed(d.Year()<<9 | int(d.Month())<<5 | d.Day())
		}
		on := packed(2025<<9 | 11<<5 | 5)
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			if _, ok := floorType(born[n&63], on, n&1); !ok {
				b.Fatal("no form type")
			}
		}
	})
}
