return Damon.Host.Entry.Run(args);
