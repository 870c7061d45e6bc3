// Package private holds personal data so that it is read on purpose and
// shown by accident nowhere.
//
// A [Text] or a [Date] keeps a pointer to what it holds. Printing or
// logging it gives a placeholder, the word private in square brackets.
// Marshalling it, or handing it to a database as it stands, is [ErrPrivate]:
// the placeholder would be stored over the real value. It is read with Reveal,
// which names the [Purpose], so that a search finds every place that reads
// personal data.
//
// The pointer is what protects a value inside somebody else's unexported
// field, where package fmt cannot call a method and prints the memory: what
// it prints is an address. What follows pointers by force (a debugger, a
// differ that uses package unsafe) does see the value.
package private
