package sqlstore

import (
	"encoding/binary"
	"hash/crc32"

	"github.com/google/uuid"

	"virtualschool.example/pep/private"
	"virtualschool.example/pep/record"
)

// checksum is the CRC-32C of a row's content, and is stored in the row. When the row is
// read, the checksum shows whether a disk has changed bytes. It does not protect against
// somebody who changes both the row and the checksum.
type checksum uint32

// bytes returns the checksum of the content that c covers, followed by b.
func (c checksum) bytes(b []byte) checksum {
	return checksum(crc32.Update(uint32(c.number(int64(len(b)))), crc32.MakeTable(crc32.Castagnoli), b))
}

func (c checksum) text(s string) checksum { return c.bytes([]byte(s)) }

func (c checksum) id(id uuid.UUID) checksum { return c.bytes(id[:]) }

func (c checksum) number(n int64) checksum {
	var b [8]byte
	binary.BigEndian.PutUint64(b[:], uint64(n))
	return checksum(crc32.Update(uint32(c), crc32.MakeTable(crc32.Castagnoli), b[:]))
}

// is reports whether c is the checksum that a row holds.
func (c checksum) is(kept int64) bool { return int64(c) == kept }

// ofBody returns the checksum of the body of a state or an event. It need not cover the
// plan's id separately, because the body contains that id.
func ofBody(body string) int64 { return int64(checksum(0).text(body)) }

// ofText returns the checksum of a text that belongs to an event.
func ofText(plan, event uuid.UUID, text string) checksum {
	return checksum(0).id(plan).id(event).text(text)
}

// ofAnswers returns the checksum column of a row of answers. The column holds the revision
// in the bits above the 32 bits of the checksum, so that a statement can copy answers to
// another revision. The column is 0 if answers is nil.
func ofAnswers(plan uuid.UUID, section, revision int64, answers []byte) int64 {
	if answers == nil {
		return 0
	}
	return int64(checksum(0).id(plan).number(section).bytes(answers)) | revision<<32
}

// ofSeal returns the checksum of a sealed copy's plan, version, revision and end.
func ofSeal(plan uuid.UUID, version, revision, until int64) checksum {
	return checksum(0).id(plan).number(version).number(revision).number(until)
}

// ofChild returns the checksum of a child's row, given the row's body.
func ofChild(c *record.Child, body []byte) checksum {
	return checksum(0).id(c.ID.UUID).number(day(c.Born.Reveal(private.Storing))).
		text(c.SUNumber.Reveal(private.Storing)).text(c.Name.Reveal(private.Storing)).text(c.UPN.Reveal(private.Storing)).
		id(c.Worker.UUID).id(c.Adviser.UUID).bytes(body)
}

// ofEstablishment returns the checksum of an establishment's row.
func ofEstablishment(e *record.Establishment) checksum {
	return checksum(0).id(e.ID.UUID).text(e.Name).text(e.PostCode).number(int64(e.Status)).number(int64(e.Type)).
		number(flag(e.Special)).text(e.DfENumber).text(e.URN).number(flag(e.Finance))
}

// ofContributor returns the checksum of a contributor's row.
func ofContributor(c *record.Contributor) checksum {
	return checksum(0).id(c.ID.UUID).id(c.Establishment.UUID).
		text(c.Name.Reveal(private.Storing)).text(c.Email.Reveal(private.Storing)).
		number(flag(c.Active)).number(instant(c.Actioned))
}
