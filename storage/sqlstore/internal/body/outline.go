package body

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"time"

	"github.com/google/uuid"

	"virtualschool.example/forms"
	"virtualschool.example/pep"
	"virtualschool.example/term"
	"virtualschool.example/term/civil"
)

const (
	outlineBytes, sumBytes = 34, 4

	// OutlineLength is the number of characters in an outline's text.
	OutlineLength = ((outlineBytes+sumBytes)*8 + 5) / 6
)

// OfOutline returns the outline of a child's plan as text of a fixed length, so that the
// outlines of several plans can be joined without a separator. The text ends with its own
// checksum, because it is read without the rest of its row.
func OfOutline(child uuid.UUID, o *pep.Outline) string {
	b := make([]byte, 0, outlineBytes+sumBytes)
	b = append(b, byte(o.Stage), byte(o.Type), flag(o.Finalised), 0)
	b = binary.BigEndian.AppendUint16(b, uint16(o.Carried))
	b = binary.BigEndian.AppendUint16(b, uint16(o.Term.Year()))
	b = binary.BigEndian.AppendUint16(b, uint16(o.CarriedTo.Year()))
	b[3] = byte(o.Term.Season())<<4 | byte(o.CarriedTo.Season())
	b = day(day(b, o.Due), o.CeasedOn)
	b = append(b, o.Establishment.UUID[:]...)
	b = binary.BigEndian.AppendUint32(b, outlineSum(child, b))
	return base64.RawStdEncoding.EncodeToString(b)
}

// Outline reads what OfOutline wrote. It returns false if the text is not the outline of
// one of the child's plans.
func Outline(child uuid.UUID, text []byte) (o pep.Outline, ok bool) {
	var b [outlineBytes + sumBytes]byte
	if n, err := base64.RawStdEncoding.Decode(b[:], text); err != nil || n != len(b) ||
		outlineSum(child, b[:outlineBytes]) != binary.BigEndian.Uint32(b[outlineBytes:]) {
		return o, false
	}
	o.Stage, o.Type, o.Finalised = pep.Stage(b[0]), forms.Type(b[1]), b[2] != 0
	o.Carried = int(binary.BigEndian.Uint16(b[4:]))
	o.Term = term.New(term.Season(b[3]>>4), int(binary.BigEndian.Uint16(b[6:])))
	o.CarriedTo = term.New(term.Season(b[3]&15), int(binary.BigEndian.Uint16(b[8:])))
	o.Due, o.CeasedOn = dayAt(b[10:]), dayAt(b[14:])
	copy(o.Establishment.UUID[:], b[18:])
	return o, true
}

// outlineSum returns the CRC-32C of the child's id and the outline.
func outlineSum(child uuid.UUID, b []byte) uint32 {
	table := crc32.MakeTable(crc32.Castagnoli)
	return crc32.Update(crc32.Checksum(child[:], table), table, b)
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

func day(b []byte, d civil.Date) []byte {
	return append(binary.BigEndian.AppendUint16(b, uint16(d.Year())), byte(d.Month()), byte(d.Day()))
}

func dayAt(b []byte) civil.Date {
	d, _ := civil.New(int(binary.BigEndian.Uint16(b)), time.Month(b[2]), int(b[3]))
	return d
}
