using WebApi;

// A small JSON API whose every step runs on one event loop:
//   WebApi --urls http://localhost:7003            then: a browser at http://localhost:7003/
//   WebApi --transport sockets|inline              Kestrel's own transport, to compare with
Application.Build(args).Run();
