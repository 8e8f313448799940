"""Reading exports of media monitors and phone systems: files, columns, cells."""
