// Package private holds personal data in such a way that it is read only on purpose
// and never shown by accident.
//
//	name := private.NewText("Ada Lovelace")
//	fmt.Println(name)                         // [private]
//	fmt.Println(name.Reveal(private.Showing)) // Ada Lovelace
//	_, err := json.Marshal(name)              // errors.Is(err, private.ErrPrivate)
//
// Printing or logging a [Text] or a [Date] gives a placeholder. Marshalling it, or
// handing it to a database without Reveal, returns [ErrPrivate], because otherwise
// the placeholder would be stored over the real value. Only Reveal reads the value.
// Its argument names the [Purpose], so that a search finds every place that reads
// personal data.
//
// A Text and a Date keep a pointer to their value. The pointer protects the value
// inside an unexported field of somebody else's type: there package fmt cannot call
// a method, so it prints the memory, which holds only an address. A program that
// follows pointers by force, such as a debugger or a differ that uses package unsafe,
// does see the value.
package private
