package sqlstore_test

import (
	"context"
	"database/sql/driver"
	"net"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
)

// proxy simulates the network in front of a server, and can stop forwarding. It is
// also a driver, and the driver's connections go through it.
type proxy struct {
	driver.Driver
	config *pgx.ConnConfig
	gate   sync.RWMutex // read-locked while the proxy forwards
	mu     sync.Mutex
	open   []net.Conn
}

// newProxy returns a proxy in front of the server that a connection string names.
func newProxy(t *testing.T, dsn string) *proxy {
	t.Helper()
	config, err := pgx.ParseConfig(dsn)
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	t.Cleanup(func() { _ = l.Close() })
	network, address := pgconn.NetworkAddress(config.Host, config.Port)
	config.DialFunc = func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "tcp", l.Addr().String())
	}
	p := &proxy{Driver: stdlib.GetDefaultDriver(), config: config}
	go p.accept(l, network, address)
	return p
}

// OpenConnector returns a connector whose connections go through the proxy.
func (p *proxy) OpenConnector(string) (driver.Connector, error) {
	return stdlib.GetConnector(*p.config), nil
}

func (p *proxy) accept(l net.Listener, network, address string) {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		far, err := net.Dial(network, address)
		if err != nil {
			_ = near.Close()
			continue
		}
		p.mu.Lock()
		p.open = append(p.open, near, far)
		p.mu.Unlock()
		go p.forward(near, far)
		go p.forward(far, near)
	}
}

func (p *proxy) forward(from, to net.Conn) {
	defer func() { _, _ = from.Close(), to.Close() }()
	b := make([]byte, 1<<14)
	for {
		n, err := from.Read(b)
		if err != nil {
			return
		}
		p.gate.RLock()
		_, err = to.Write(b[:n])
		p.gate.RUnlock()
		if err != nil {
			return
		}
	}
}

// freeze stops all forwarding.
func (p *proxy) freeze() { p.gate.Lock() }

// thaw cuts the connections that were frozen, and forwards again.
func (p *proxy) thaw() {
	p.mu.Lock()
	for _, c := range p.open {
		_ = c.Close()
	}
	p.open = nil
	p.mu.Unlock()
	p.gate.Unlock()
}
