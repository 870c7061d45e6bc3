// Package statement holds every SQL text that sqlstore runs. Each is built
// once, with squirrel, when a store is made; nothing is put together when a
// statement runs. The texts are pinned by a golden file.
package statement
